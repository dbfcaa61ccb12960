using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>Texts that repeat themselves: the distinct ones in order of appearance, then for each text the place of its like.</summary>
internal sealed class DictionaryCodec : IColumnCodec
{
    /// <summary>A text must appear so many times on average.</summary>
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
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        using RentedArray<long> indices = new(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            if (!places.TryGetValue(values[i], out int place))
            {
                place = places.Count;
                places.Add(values[i], place);
            }

            indices.Span[i] = place;
        }

        if (places.Count * LeastRepeats > values.Length)
        {
            return false;
        }

        writer.Varint((ulong)places.Count);
        TextBytes.Write(writer, places.Keys.ToArray());
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
            long place = indices.Span[i];
            values[i] = (ulong)place < (ulong)distinct.Length
                ? distinct[place]
                : throw ByteReader.Damaged($"there is no text {place} of {distinct.Length}");
        }

        return new TextColumn(values);
    }

    public void Skip(ref ByteReader reader, int count)
    {
        TextBytes.Skip(ref reader, reader.Count(count));
        IntegerSequence.Skip(ref reader, count);
    }
}
