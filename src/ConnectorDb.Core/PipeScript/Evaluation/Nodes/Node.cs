using ConnectorDb.Core.PipeScript.Evaluation.Pruning;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>
/// A running piece of a script: takes the datapoints of its input as they come and answers with its own. It holds state;
/// to begin anew, a new node is started. After the last batch it is not called again.
/// </summary>
internal abstract class Node
{
    /// <summary>
    /// What can be said after these datapoints. One-to-one nodes answer each datapoint in turn, at once unless they look
    /// ahead. When the answer to a datapoint fails, the answers before it are given with the error.
    /// </summary>
    public abstract Batch Process(Batch input);

    /// <summary>Whether it is worth asking <see cref="TryPrune"/>.</summary>
    public virtual bool CanPrune => false;

    /// <summary>What the answer to these datapoints would be; null when they must be seen to know. Changes nothing.</summary>
    public virtual PruningResult? TryPrune(SegmentStatistics input) => null;
}
