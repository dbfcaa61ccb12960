using System.Buffers.Binary;
using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>One double as it is, eight bytes, the lowest first: where a device writes one value after another, to choose how to pack it takes longer than to store it.</summary>
internal sealed class SingleCodec : IColumnCodec
{
    public string Name => "single";

    public int Rank => -1;

    public bool TryWrite(ByteWriter writer, Column column, int limit)
    {
        if (column is not NumberColumn { Count: 1 } numbers)
        {
            return false;
        }

        BinaryPrimitives.WriteDoubleLittleEndian(writer.GetSpan(sizeof(double)), numbers.Values.Span[0]);
        writer.Advance(sizeof(double));
        return true;
    }

    public Column Read(ref ByteReader reader, int count)
        => count == 1
            ? new NumberColumn(new[] { BinaryPrimitives.ReadDoubleLittleEndian(reader.Bytes(sizeof(double))) })
            : throw ByteReader.Damaged($"a single number cannot be {count}");
}
