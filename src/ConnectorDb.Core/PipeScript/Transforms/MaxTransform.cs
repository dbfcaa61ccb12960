using ConnectorDb.Core.PipeScript.Evaluation.Columns;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The largest datapoint so far.</summary>
internal sealed class MaxTransform() : ExtremeTransform<Greater>("max", "largest");
