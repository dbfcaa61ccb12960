using ConnectorDb.Core.PipeScript.Evaluation.Columns;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The smallest datapoint so far.</summary>
internal sealed class MinTransform() : ExtremeTransform<Less>("min", "smallest");
