using ConnectorDb.Core.PipeScript.Evaluation.Pruning;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>
/// A running part of a script: processes batches of datapoints and returns batches. It has state; a restart makes a new node.
/// After the last batch it is not called again.
/// </summary>
internal abstract class Node
{
    /// <summary>
    /// Processes the next datapoints and returns the results that are known by then. A one-to-one node returns one result per
    /// datapoint in order, at once unless it looks ahead. When a result cannot be computed, the results before it are returned
    /// with the error.
    /// </summary>
    public abstract Batch Process(Batch input);

    /// <summary><see cref="TryPrune"/> may give a result.</summary>
    public virtual bool CanPrune => false;

    /// <summary>
    /// The output for datapoints of which only the statistics are known; null when the node must see them. The state does not
    /// change.
    /// </summary>
    public virtual PruningResult? TryPrune(SegmentStatistics input) => null;
}
