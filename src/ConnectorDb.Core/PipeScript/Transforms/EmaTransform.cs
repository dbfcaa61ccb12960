using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The exponential moving average.</summary>
internal sealed class EmaTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "ema",
        Description = "The exponential moving average, which smooths a noisy stream.",
        Documentation = "Each result is `weight` times the datapoint plus (1 - `weight`) times the previous result. It starts with the first datapoint.",
        Arguments = [new() { Name = "weight", Description = "The weight of a new datapoint: above 0, at most 1.", Constant = true }],
        Examples = ["ema(0.1) — a smooth line through noise"],
        OneToOne = true,
        OutputSchema = """{"type":"number"}""",
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        double weight = call.Number(0);
        return weight is > 0 and <= 1 ? _ => new Smoothing(weight) : throw call.Error(0, "is not above 0 and at most 1");
    }

    private sealed class Smoothing(double weight) : NumberNode
    {
        private double? _average;

        protected override void Map(ReadOnlySpan<double> numbers, Span<double> results)
        {
            for (int i = 0; i < results.Length; i++)
            {
                double average = _average is { } before ? (weight * numbers[i]) + ((1 - weight) * before) : numbers[i];
                _average = average;
                results[i] = average;
            }
        }
    }
}
