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
        Documentation = "Of an even count the mean of the two in the middle. All numbers so far are kept in memory. From the first NaN on it is NaN. No datapoints, no median.",
        Examples = ["median | if last — the median of all datapoints"],
        OneToOne = true,
        OutputSchema = """{"type":"number"}""",
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new QuantileNode(0.5);
}
