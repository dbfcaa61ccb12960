using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments.Packing;

namespace ConnectorDb.Core.Storage.Segments.Codecs;

/// <summary>A codec of doubles, which can be read into memory that is there already.</summary>
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

    public Column ReadSome(ref ByteReader reader, int count, ReadOnlySpan<int> places)
    {
        double[] numbers = new double[places.Length];
        ReadInto(ref reader, SelectionVector.Among(count, places), numbers);
        return new NumberColumn(numbers);
    }

    /// <inheritdoc cref="IColumnCodec.Skip"/>
    public abstract void Skip(ref ByteReader reader, int count);

    /// <summary>Fills the room with the numbers that are wanted.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public abstract void ReadInto(ref ByteReader reader, SelectionVector places, Span<double> numbers);

    /// <summary>The numbers as whole ones over a power of ten, where those are a straight line and written as one.</summary>
    /// <inheritdoc cref="ReadInto"/>
    public virtual bool TryReadLine(ref ByteReader reader, out LinearSequence line, out double power)
    {
        (line, power) = (default, 1);
        return false;
    }

    /// <inheritdoc cref="IColumnCodec.TryWrite"/>
    protected abstract bool TryWrite(ByteWriter writer, ReadOnlySpan<double> values, int limit);
}
