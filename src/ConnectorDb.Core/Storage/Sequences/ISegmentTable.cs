using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>The rows of <see cref="ISegmentRows"/> in a transaction that may change them.</summary>
public interface ISegmentTable : ISegmentRows
{
    /// <param name="runningSum">See <see cref="RunningSum"/>; with this segment.</param>
    void Seal(SequenceKey key, long start, Block points, double? runningSum);

    /// <inheritdoc cref="Seal"/>
    /// <param name="tail">Where the tail stands with this segment.</param>
    void AddToTail(SequenceKey key, long start, Block points, double? runningSum, TailState tail);

    /// <summary>Takes the tail, which starts at this index, out of the table.</summary>
    Block TakeTail(SequenceKey key, long start);

    void RemoveAll(SequenceKey key);
}
