namespace ConnectorDb.Columns;

/// <summary>Consecutive datapoints in columns, the unit of all data flow. Blocks never change.</summary>
public sealed class Block
{
    /// <param name="times">Unix seconds. NaN asks the engine for the time of the append.</param>
    /// <param name="values">As many values.</param>
    /// <param name="origins">As many origins, each null for the stream's own device; or null when all are.</param>
    /// <param name="streams">The stream of each datapoint of a merge.</param>
    public Block(ReadOnlyMemory<double> times, Column values, ReadOnlyMemory<string?>? origins = null, StreamColumn? streams = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        origins = origins is { IsEmpty: false } ? origins : null;
        int count = times.Length;
        if (values.Count != count || (origins?.Length ?? count) != count || (streams?.Count ?? count) != count)
        {
            throw new ArgumentException("The columns of a block have one length.");
        }

        Times = times;
        Values = values;
        Origins = origins;
        Streams = streams;
    }

    public static Block Empty { get; } = new(ReadOnlyMemory<double>.Empty, new ValueColumn(ReadOnlyMemory<DataValue>.Empty));

    public int Count => Times.Length;

    public ReadOnlyMemory<double> Times { get; }

    public Column Values { get; }

    /// <summary>The origin of each datapoint, null for the stream's own device; null when all are its own.</summary>
    public ReadOnlyMemory<string?>? Origins { get; }

    /// <summary>The stream of each datapoint of a merge; null outside of merges.</summary>
    public StreamColumn? Streams { get; }

    /// <summary>A part of the block, without copying.</summary>
    public Block Slice(int start, int count)
        => start == 0 && count == Count
            ? this
            : new Block(Times.Slice(start, count), Values.Slice(start, count), Origins?.Slice(start, count), Streams?.Slice(start, count));

    /// <summary>The same datapoints with other values; the first of them, where there are fewer values.</summary>
    public Block With(Column values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int count = values.Count;
        return new Block(Times[..count], values, Origins?[..count], Streams?.Slice(0, count));
    }

    /// <summary>The same datapoints at other times.</summary>
    public Block With(ReadOnlyMemory<double> times) => new(times, Values, Origins, Streams);

    /// <summary>Only the times and values.</summary>
    public Block ToBare() => Origins is null && Streams is null ? this : new Block(Times, Values);

    /// <summary>One datapoint as an object.</summary>
    /// <param name="stream">The stream it comes from, where the block does not say.</param>
    public Datapoint At(int index, CdbPath? stream = null)
        => new(Times.Span[index], Values[index], Origins?.Span[index], Streams?[index] ?? stream);
}
