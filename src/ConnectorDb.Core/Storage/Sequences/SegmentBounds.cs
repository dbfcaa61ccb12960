using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>The facts about a segment that are known without decoding it.</summary>
/// <param name="Start">The index of its first datapoint.</param>
/// <param name="RunningSum">See <see cref="Segments.RunningSum"/>; up to and with the last datapoint.</param>
/// <param name="Members">The statistics of members, where the values are objects.</param>
/// <param name="Tail">The state of the tail including this segment; meaningless for a sealed one.</param>
public readonly record struct SegmentBounds(
    long Start, int Count, double FirstT, double LastT, NumberSummary? Numbers, double? RunningSum, MemberStatistics Members, bool IsSealed, TailState Tail)
{
    /// <summary>The index after its last datapoint.</summary>
    public long End => Start + Count;
}
