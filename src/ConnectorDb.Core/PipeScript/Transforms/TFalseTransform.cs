using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>How long the stream was false.</summary>
internal sealed class TFalseTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "tfalse",
        Description = "For how many seconds the stream was false at a time.",
        Documentation = """
            One datapoint for each period: from its first false datapoint to the first true one after it, at the time of
            the latter. A period that the end of the stream cuts off counts up to the last datapoint, unless it has only one.
            """,
        Examples =
        [
            "$ > 20 | tfalse — how long each period of at most 20 was",
            "tfalse | sum | if last — for how long in all",
        ],
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new PeriodNode(wanted: false);
}
