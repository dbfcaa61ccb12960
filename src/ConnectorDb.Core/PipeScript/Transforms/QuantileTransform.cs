using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>A running quantile.</summary>
internal sealed class QuantileTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "quantile",
        Description = "A quantile of the datapoints so far.",
        Documentation = """
            Between two datapoints it is interpolated linearly, as R and NumPy do by default. All numbers so far are kept in
            memory. From the first NaN on it is NaN. Without datapoints there is no result.
            """,
        Arguments = [new() { Name = "part", Description = "The quantile, from 0 (the smallest value) to 1 (the largest).", Constant = true }],
        Examples = ["quantile(0.95) | if last — 95 % of the datapoints lie below this"],
        OneToOne = true,
        OutputSchema = """{"type":"number"}""",
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        double part = call.Number(0);
        return part is >= 0 and <= 1 ? _ => new QuantileNode(part) : throw call.Error(0, "is not from 0 to 1");
    }
}
