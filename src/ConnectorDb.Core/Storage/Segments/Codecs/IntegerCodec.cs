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

    public Column ReadSome(ref ByteReader reader, int count, ReadOnlySpan<int> places)
    {
        long[] values = new long[places.Length];
        IntegerSequence.Read(ref reader, Places.Among(count, places), values);
        return new IntegerColumn(values);
    }
}
