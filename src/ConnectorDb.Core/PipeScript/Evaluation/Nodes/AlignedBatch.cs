using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Datapoints with the answers of the arguments to each of them, all of one length.</summary>
/// <param name="End">No datapoints; how the batch ends.</param>
internal readonly record struct AlignedBatch(Block Input, Block[] Arguments, Batch End);
