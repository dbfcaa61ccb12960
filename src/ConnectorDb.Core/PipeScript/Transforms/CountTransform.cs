using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Counts datapoints.</summary>
internal sealed class CountTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "count",
        Description = "The number of datapoints so far, including this one.",
        Examples = ["count | if last — how many datapoints there are", "if count % 10 == 1 — every tenth datapoint"],
        OneToOne = true,
        OutputSchema = """{"type":"integer","minimum":0}""",
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new RowNumberNode(1);
}
