using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Datapoints with the results of the arguments, all of one length.</summary>
/// <param name="End">The end of the batch, without datapoints.</param>
internal readonly record struct AlignedBatch(Block Input, Block[] Arguments, Batch End);
