namespace ConnectorDb.Columns;

/// <summary>A run of datapoints in columns: what passes between the rooms. Blocks never change.</summary>
public sealed class Block
{
    /// <param name="times">Unix seconds. NaN asks the engine for the time of the append.</param>
    /// <param name="values">As many values.</param>
    /// <param name="origins">As many origins, each null for the stream's own device; or null when all are.</param>
    public Block(ReadOnlyMemory<double> times, Column values, ReadOnlyMemory<string?>? origins = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        origins = origins is { IsEmpty: false } ? origins : null;
        if (times.Length != values.Count || (origins is { } given && given.Length != times.Length))
        {
            throw new ArgumentException("The columns of a block have one length.");
        }

        Times = times;
        Values = values;
        Origins = origins;
    }

    public static Block Empty { get; } = new(ReadOnlyMemory<double>.Empty, new ValueColumn(ReadOnlyMemory<DataValue>.Empty));

    public int Count => Times.Length;

    public ReadOnlyMemory<double> Times { get; }

    public Column Values { get; }

    /// <summary>Who wrote each datapoint, null for the stream's own device; null when nobody else did.</summary>
    public ReadOnlyMemory<string?>? Origins { get; }

    /// <summary>A part of the block, without copying.</summary>
    public Block Slice(int start, int count)
        => start == 0 && count == Count
            ? this
            : new Block(Times.Slice(start, count), Values.Slice(start, count), Origins?.Slice(start, count));

    /// <summary>One datapoint as an object.</summary>
    public Datapoint At(int index, CdbPath? stream = null)
        => new(Times.Span[index], Values[index], Origins is { } origins ? origins.Span[index] : null, stream);
}
