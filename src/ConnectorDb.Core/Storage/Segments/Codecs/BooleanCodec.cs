using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>Booleans as bits, the first in the lowest bit of the first byte.</summary>
internal sealed class BooleanCodec : IColumnCodec
{
    public string Name => "boolean";

    public int Rank => 0;

    public bool TryWrite(ByteWriter writer, Column column, int limit)
    {
        if (column is not BooleanColumn booleans)
        {
            return false;
        }

        ReadOnlySpan<bool> values = booleans.Values.Span;
        using RentedArray<byte> bits = new((values.Length + 7) / 8);
        bits.Span.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            bits.Span[i >> 3] |= (byte)((values[i] ? 1 : 0) << (i & 7));
        }

        ByteBlock.Write(writer, bits.Span);
        return true;
    }

    public Column Read(ref ByteReader reader, int count)
    {
        using RentedArray<byte> bits = new((count + 7) / 8);
        ByteBlock.Read(ref reader, bits.Span);
        bool[] values = new bool[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (bits.Span[i >> 3] >> (i & 7) & 1) != 0;
        }

        return new BooleanColumn(values);
    }

    public void Skip(ref ByteReader reader, int count) => ByteBlock.Skip(ref reader, (count + 7) / 8);
}
