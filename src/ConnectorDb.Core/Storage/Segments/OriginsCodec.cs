using ConnectorDb.Core.Storage.Segments.Codecs;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments;

/// <summary>
/// Encodes origins: the distinct origins, then for each datapoint 0 for the stream's own device or the number of its origin,
/// counted from 1.
/// </summary>
internal static class OriginsCodec
{
    public static byte[]? Write(ReadOnlyMemory<string?>? origins)
    {
        if (origins is not { } given || given.Span.IndexOfAnyExcept((string?)null) < 0)
        {
            return null;
        }

        Dictionary<string, int> positions = new(StringComparer.Ordinal);
        using RentedArray<long> indices = new(given.Length);
        for (int i = 0; i < given.Length; i++)
        {
            indices.Span[i] = given.Span[i] is { } origin ? IndexOf(origin, positions) : 0;
        }

        using ByteWriter writer = new();
        writer.Varint((ulong)positions.Count);
        TextBytes.Write(writer, positions.Keys.ToArray());
        IntegerSequence.Write(writer, indices.Span);
        return writer.Written.ToArray();
    }

    public static ReadOnlyMemory<string?>? Read(byte[]? bytes, int count)
    {
        if (bytes is null)
        {
            return null;
        }

        ByteReader reader = new(bytes);
        string[] distinct = TextBytes.Read(ref reader, reader.Count(count));
        using RentedArray<long> indices = new(count);
        IntegerSequence.Read(ref reader, indices.Span);
        string?[] origins = new string?[count];
        for (int i = 0; i < count; i++)
        {
            long position = indices.Span[i];
            origins[i] = (ulong)position <= (ulong)distinct.Length
                ? position == 0 ? null : distinct[position - 1]
                : throw ByteReader.Damaged($"there is no origin {position} of {distinct.Length}");
        }

        return origins;
    }

    private static int IndexOf(string origin, Dictionary<string, int> positions)
    {
        if (!positions.TryGetValue(origin, out int position))
        {
            position = positions.Count + 1;
            positions.Add(origin, position);
        }

        return position;
    }
}
