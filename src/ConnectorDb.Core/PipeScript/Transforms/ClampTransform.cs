using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Limits numbers to a range.</summary>
internal sealed class ClampTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "clamp",
        Description = "Limits the number to a range.",
        Documentation = "NaN stays NaN.",
        Arguments =
        [
            new() { Name = "low", Description = "The lower bound.", Constant = true },
            new() { Name = "high", Description = "The upper bound.", Constant = true },
        ],
        Examples = ["clamp(0, 100) — nothing below 0 and nothing above 100"],
        OneToOne = true,
        Stateless = true,
        OutputSchema = """{"type":"number"}""",
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        double low = call.Number(0);
        double high = call.Number(1);
        return low <= high ? _ => new Bounding(low, high) : throw call.Error(1, $"is below the lower bound {ValueText.Of(low)}");
    }

    private sealed class Bounding(double low, double high) : NumberNode
    {
        protected override void Map(ReadOnlySpan<double> numbers, Span<double> results)
        {
            for (int i = 0; i < results.Length; i++)
            {
                results[i] = Math.Clamp(numbers[i], low, high);
            }
        }
    }
}
