using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The running median.</summary>
internal sealed class MedianTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "median",
        Description = "The median of the datapoints so far.",
        Documentation = "For an even count it is the mean of the two middle values. All numbers so far are kept in memory. From the first NaN on it is NaN. Without datapoints there is no result.",
        Examples = ["median | if last — the median of all datapoints"],
        OneToOne = true,
        OutputSchema = """{"type":"number"}""",
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new QuantileNode(0.5);
}
