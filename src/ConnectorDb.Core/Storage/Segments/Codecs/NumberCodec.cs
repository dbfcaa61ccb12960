using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>A codec of doubles, which can decode into existing memory.</summary>
internal abstract class NumberCodec : IColumnCodec
{
    public abstract string Name { get; }

    public abstract int Rank { get; }

    public bool TryWrite(ByteWriter writer, Column column, int limit) => column is NumberColumn numbers && TryWrite(writer, numbers.Values.Span, limit);

    public Column Read(ref ByteReader reader, int count)
    {
        double[] numbers = GC.AllocateUninitializedArray<double>(count);
        ReadInto(ref reader, SelectionVector.All(count), numbers);
        return new NumberColumn(numbers);
    }

    public Column ReadSome(ref ByteReader reader, int count, ReadOnlySpan<int> positions)
    {
        double[] numbers = new double[positions.Length];
        ReadInto(ref reader, SelectionVector.Among(count, positions), numbers);
        return new NumberColumn(numbers);
    }

    /// <inheritdoc cref="IColumnCodec.Skip"/>
    public abstract void Skip(ref ByteReader reader, int count);

    /// <summary>Decodes the selected numbers.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public abstract void ReadInto(ref ByteReader reader, SelectionVector selection, Span<double> numbers);

    /// <summary>Reads the numbers as whole numbers over a power of ten, if those are a straight line and encoded as one.</summary>
    /// <inheritdoc cref="ReadInto"/>
    public virtual bool TryReadLine(ref ByteReader reader, out LinearSequence line, out double power)
    {
        (line, power) = (default, 1);
        return false;
    }

    /// <inheritdoc cref="IColumnCodec.TryWrite"/>
    protected abstract bool TryWrite(ByteWriter writer, ReadOnlySpan<double> values, int limit);
}
