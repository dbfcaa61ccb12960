using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The lengths of false periods.</summary>
internal sealed class TFalseTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "tfalse",
        Description = "The lengths in seconds of the periods in which the stream was false.",
        Documentation = """
            One datapoint for each period: from its first false datapoint to the first true one after it, at the time of
            the latter. A period at the end of the stream lasts up to the last datapoint; a single datapoint is no period.
            """,
        Examples =
        [
            "$ > 20 | tfalse — how long each period of at most 20 was",
            "tfalse | sum | if last — for how long in all",
        ],
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new PeriodNode(wanted: false);
}
