using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The lengths of true periods.</summary>
internal sealed class TTrueTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "ttrue",
        Description = "The lengths in seconds of the periods in which the stream was true.",
        Documentation = """
            One datapoint for each period: from its first true datapoint to the first false one after it, at the time of
            the latter. A period at the end of the stream lasts up to the last datapoint; a single datapoint is no period.
            """,
        Examples =
        [
            "$ > 20 | ttrue — how long each period above 20 was",
            "ttrue | sum | if last — for how long in all",
        ],
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new PeriodNode(wanted: true);
}
