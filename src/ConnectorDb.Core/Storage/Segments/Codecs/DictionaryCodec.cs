using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>Encodes repeated texts: the distinct ones in order of appearance, then the index of each text.</summary>
internal sealed class DictionaryCodec : IColumnCodec
{
    /// <summary>The minimum average number of occurrences of a text.</summary>
    private const int LeastRepeats = 2;

    public string Name => "dictionary";

    public int Rank => 0;

    public bool TryWrite(ByteWriter writer, Column column, int limit)
    {
        if (column is not TextColumn texts)
        {
            return false;
        }

        ReadOnlySpan<string> values = texts.Values.Span;
        Dictionary<string, int> positions = new(StringComparer.Ordinal);
        using RentedArray<long> indices = new(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            if (!positions.TryGetValue(values[i], out int position))
            {
                position = positions.Count;
                positions.Add(values[i], position);
            }

            indices.Span[i] = position;
        }

        if (positions.Count * LeastRepeats > values.Length)
        {
            return false;
        }

        writer.Varint((ulong)positions.Count);
        TextBytes.Write(writer, positions.Keys.ToArray());
        IntegerSequence.Write(writer, indices.Span);
        return true;
    }

    public Column Read(ref ByteReader reader, int count)
    {
        string[] distinct = TextBytes.Read(ref reader, reader.Count(count));
        using RentedArray<long> indices = new(count);
        IntegerSequence.Read(ref reader, indices.Span);
        string[] values = new string[count];
        for (int i = 0; i < count; i++)
        {
            long position = indices.Span[i];
            values[i] = (ulong)position < (ulong)distinct.Length
                ? distinct[position]
                : throw ByteReader.Damaged($"there is no text {position} of {distinct.Length}");
        }

        return new TextColumn(values);
    }

    public void Skip(ref ByteReader reader, int count)
    {
        TextBytes.Skip(ref reader, reader.Count(count));
        IntegerSequence.Skip(ref reader, count);
    }
}
