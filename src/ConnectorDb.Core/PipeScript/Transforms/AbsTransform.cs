using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The absolute value.</summary>
internal sealed class AbsTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "abs",
        Description = "The number without its sign.",
        Examples = ["if diff:abs > 5 — datapoints that jump by more than 5"],
        OneToOne = true,
        Stateless = true,
        OutputSchema = """{"type":"number","minimum":0}""",
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Magnitude();

    private sealed class Magnitude : NumberNode
    {
        protected override void Map(ReadOnlySpan<double> numbers, Span<double> results)
        {
            for (int i = 0; i < results.Length; i++)
            {
                results[i] = Math.Abs(numbers[i]);
            }
        }
    }
}
