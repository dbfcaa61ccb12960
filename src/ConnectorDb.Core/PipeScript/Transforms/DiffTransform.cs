using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The difference to the previous datapoint.</summary>
internal sealed class DiffTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "diff",
        Description = "The difference to the previous datapoint.",
        Documentation = "Null for the first datapoint.",
        Examples = ["diff | if $ < 0 — the datapoints at which a counter was reset"],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Comparing();

    private sealed class Comparing : ColumnNode
    {
        private double? _previous;

        protected override Column Map(Block input, ref EvaluationError? error)
        {
            ReadOnlySpan<double> numbers = Numbers.Read(input, input.Values, ref error).Span;
            bool isFirst = _previous is null;
            double previous = _previous ?? 0;
            double[] results = Buffers.Make<double>(numbers.Length);
            for (int i = 0; i < results.Length; i++)
            {
                results[i] = numbers[i] - previous;
                previous = numbers[i];
            }

            _previous = numbers.Length > 0 ? previous : _previous;
            return NullableNumbers.Column(results, firstIsNull: isFirst);
        }
    }
}
