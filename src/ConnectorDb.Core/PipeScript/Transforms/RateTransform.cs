using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The change per second.</summary>
internal sealed class RateTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "rate",
        Description = "The change per second since the previous datapoint.",
        Documentation = "Null for the first datapoint, and for equal times. A counter that was reset gives a negative rate.",
        Examples = ["rate | if $ >= 0 — the rates of a counter, without its resets", "rate * 60 — the growth per minute"],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Measuring();

    private sealed class Measuring : ColumnNode
    {
        private double _time = double.NaN;
        private double _value;

        protected override Column Map(Block input, ref EvaluationError? error)
        {
            ReadOnlySpan<double> numbers = Numbers.Read(input, input.Values, ref error).Span;
            ColumnBuilder results = new(numbers.Length);
            for (int i = 0; i < numbers.Length; i++)
            {
                double time = input.Times.Span[i];
                double seconds = time - _time;
                if (seconds == 0 || double.IsNaN(seconds))
                {
                    results.Add(DataValue.Null);
                }
                else
                {
                    results.Add((numbers[i] - _value) / seconds);
                }

                _time = time;
                _value = numbers[i];
            }

            return results.Build();
        }
    }
}
