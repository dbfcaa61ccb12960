using System.Buffers.Binary;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>One double as eight bytes, the lowest first. For single values, choosing a packing would take longer than storing them.</summary>
internal sealed class SingleCodec : NumberCodec
{
    public override string Name => "single";

    public override int Rank => -1;

    protected override bool TryWrite(ByteWriter writer, ReadOnlySpan<double> values, int limit)
    {
        if (values.Length != 1)
        {
            return false;
        }

        BinaryPrimitives.WriteDoubleLittleEndian(writer.GetSpan(sizeof(double)), values[0]);
        writer.Advance(sizeof(double));
        return true;
    }

    public override void ReadInto(ref ByteReader reader, SelectionVector selection, Span<double> numbers)
    {
        if (selection.RowCount != 1)
        {
            throw ByteReader.Damaged($"a single number cannot be {selection.RowCount}");
        }

        numbers.Fill(BinaryPrimitives.ReadDoubleLittleEndian(reader.Bytes(sizeof(double))));
    }

    public override void Skip(ref ByteReader reader, int count) => reader.Bytes(sizeof(double));
}
