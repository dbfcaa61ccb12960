namespace ConnectorDb.Columns;

/// <summary>The stream of each datapoint of a merge: a list of streams, and for each datapoint an index into it.</summary>
public sealed class StreamColumn
{
    /// <summary>The index of datapoints without a known stream.</summary>
    public const int Unknown = -1;

    /// <param name="streams">The streams; several columns may share the list.</param>
    /// <param name="indices">For each datapoint the index of its stream, or <see cref="Unknown"/>.</param>
    public StreamColumn(IReadOnlyList<CdbPath> streams, ReadOnlyMemory<int> indices)
    {
        ArgumentNullException.ThrowIfNull(streams);
        Streams = streams;
        Indices = indices;
    }

    public IReadOnlyList<CdbPath> Streams { get; }

    /// <summary>For each datapoint the index of its stream in <see cref="Streams"/>, or <see cref="Unknown"/>.</summary>
    public ReadOnlyMemory<int> Indices { get; }

    public int Count => Indices.Length;

    public CdbPath? this[int index] => Indices.Span[index] is var stream and not Unknown ? Streams[stream] : null;

    /// <summary>A part of the column, without copying.</summary>
    public StreamColumn Slice(int start, int count) => new(Streams, Indices.Slice(start, count));
}
