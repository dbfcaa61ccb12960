using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Rounds numbers.</summary>
internal sealed class RoundTransform : Transform
{
    private const int MostDigits = 15;

    public override TransformInfo Info { get; } = new()
    {
        Name = "round",
        Description = "Rounds the number to a given number of decimal digits.",
        Documentation = "Halves are rounded away from zero. Negative digits round before the point: `round(-2)` to hundreds.",
        Arguments = [new() { Name = "digits", Description = "The number of digits, from -15 to 15.", Optional = true, Default = "0", Constant = true }],
        Examples = ["round — whole numbers", "round(1) — one digit after the point"],
        OneToOne = true,
        Stateless = true,
        OutputSchema = """{"type":"number"}""",
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        long digits = call.Integer(0);
        return digits is >= -MostDigits and <= MostDigits
            ? _ => new Rounding((int)digits)
            : throw call.Error(0, $"is not from -{MostDigits} to {MostDigits}");
    }

    private sealed class Rounding(int digits) : NumberNode
    {
        private readonly double _unit = Math.Pow(10, Math.Max(0, -digits));

        protected override void Map(ReadOnlySpan<double> numbers, Span<double> results)
        {
            for (int i = 0; i < results.Length; i++)
            {
                // Adding zero makes a negative zero positive.
                results[i] = (Math.Round(numbers[i] / _unit, Math.Max(0, digits), MidpointRounding.AwayFromZero) * _unit) + 0.0;
            }
        }
    }
}
