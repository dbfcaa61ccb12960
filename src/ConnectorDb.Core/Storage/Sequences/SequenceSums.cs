using ConnectorDb.Core.Storage.Segments;

namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>The running sums of a sequence at the end of a segment.</summary>
/// <param name="Values">See <see cref="RunningSum"/>.</param>
/// <param name="Members">Has the running sums of members.</param>
internal readonly record struct SequenceSums(double? Values, MemberStatistics Members)
{
    /// <summary>The sums before the first datapoint.</summary>
    public static SequenceSums Start { get; } = new(0, MemberStatistics.Start);
}
