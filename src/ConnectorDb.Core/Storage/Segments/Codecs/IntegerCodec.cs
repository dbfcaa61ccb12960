using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>Integers as one <see cref="IntegerSequence"/>.</summary>
internal sealed class IntegerCodec : IColumnCodec
{
    public string Name => "integer";

    public int Rank => 0;

    public bool TryWrite(ByteWriter writer, Column column, int limit)
    {
        if (column is not IntegerColumn integers)
        {
            return false;
        }

        IntegerSequence.Write(writer, integers.Values.Span);
        return true;
    }

    public Column Read(ref ByteReader reader, int count)
    {
        long[] values = GC.AllocateUninitializedArray<long>(count);
        IntegerSequence.Read(ref reader, values);
        return new IntegerColumn(values);
    }

    public void Skip(ref ByteReader reader, int count)
        => IntegerSequence.Skip(ref reader, count);

    public Column ReadSome(ref ByteReader reader, int count, ReadOnlySpan<int> positions)
    {
        long[] values = new long[positions.Length];
        IntegerSequence.Read(ref reader, SelectionVector.Among(count, positions), values);
        return new IntegerColumn(values);
    }
}
