namespace ConnectorDb.Columns;

/// <summary>The stream of each datapoint of a merge: a list of streams, and for each datapoint an index into it.</summary>
public sealed class StreamColumn
{
    /// <summary>The place of datapoints of which it is not known.</summary>
    public const int Unknown = -1;

    /// <param name="streams">May be shared by many columns.</param>
    /// <param name="places">For each datapoint the place of its stream in the list, or <see cref="Unknown"/>.</param>
    public StreamColumn(IReadOnlyList<CdbPath> streams, ReadOnlyMemory<int> places)
    {
        ArgumentNullException.ThrowIfNull(streams);
        Streams = streams;
        Places = places;
    }

    public IReadOnlyList<CdbPath> Streams { get; }

    /// <summary>For each datapoint the place of its stream in <see cref="Streams"/>, or <see cref="Unknown"/>.</summary>
    public ReadOnlyMemory<int> Places { get; }

    public int Count => Places.Length;

    public CdbPath? this[int index] => Places.Span[index] is var place and not Unknown ? Streams[place] : null;

    /// <summary>A part of the column, without copying.</summary>
    public StreamColumn Slice(int start, int count) => new(Streams, Places.Slice(start, count));
}
