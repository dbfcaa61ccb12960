using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>The rows of <see cref="ISegmentRows"/> in a transaction that may change them.</summary>
public interface ISegmentTable : ISegmentRows
{
    /// <param name="runningSum">See <see cref="RunningSum"/>; with this segment.</param>
    /// <param name="members">The statistics of the members of the points.</param>
    void Seal(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members);

    /// <inheritdoc cref="Seal"/>
    /// <param name="tail">The state of the tail including this segment.</param>
    void AddToTail(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members, TailState tail);

    /// <summary>Adds a sealed segment that need not be the last one.</summary>
    /// <inheritdoc cref="Seal"/>
    void Insert(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members);

    /// <summary>Removes a sealed segment.</summary>
    void RemoveSealed(SequenceKey key, long start);

    /// <summary>Moves a sealed segment to another index, which no other one has, with the sums that it has there.</summary>
    void Move(SequenceKey key, long from, long to, double? runningSum, MemberStatistics members);

    /// <summary>Reads and removes the tail, which starts at this index.</summary>
    Block TakeTail(SequenceKey key, long start);

    /// <summary>Removes the tail, and the sealed segments that start at or after the index.</summary>
    void RemoveFrom(SequenceKey key, long start);

    void RemoveAll(SequenceKey key);
}
