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

        Dictionary<string, int> places = new(StringComparer.Ordinal);
        using RentedArray<long> indices = new(given.Length);
        for (int i = 0; i < given.Length; i++)
        {
            indices.Span[i] = given.Span[i] is { } origin ? PlaceOf(origin, places) : 0;
        }

        using ByteWriter writer = new();
        writer.Varint((ulong)places.Count);
        TextBytes.Write(writer, places.Keys.ToArray());
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
            long place = indices.Span[i];
            origins[i] = (ulong)place <= (ulong)distinct.Length
                ? place == 0 ? null : distinct[place - 1]
                : throw ByteReader.Damaged($"there is no origin {place} of {distinct.Length}");
        }

        return origins;
    }

    private static int PlaceOf(string origin, Dictionary<string, int> places)
    {
        if (!places.TryGetValue(origin, out int place))
        {
            place = places.Count + 1;
            places.Add(origin, place);
        }

        return place;
    }
}
