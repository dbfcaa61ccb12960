namespace ConnectorDb.Core.PipeScript.Evaluation.Pruning;

/// <summary>The output of a node for datapoints of which only the statistics are known and none of which it would refuse.</summary>
/// <param name="Output">The statistics of the output.</param>
/// <param name="Commit">Brings the node into the state in which it would be after these datapoints.</param>
internal sealed record PruningResult(SegmentStatistics Output, Action Commit)
{
    /// <summary>The result of a node that keeps no state.</summary>
    public static PruningResult Stateless(SegmentStatistics output) => new(output, () => { });
}
