using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Numbers datapoints from 0.</summary>
internal sealed class ITransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "i",
        Description = "The index of the datapoint in the stream, counted from 0.",
        Examples = ["if i % 2 == 0 — every second datapoint"],
        OneToOne = true,
        OutputSchema = """{"type":"integer","minimum":0}""",
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new RowNumberNode(0);
}
