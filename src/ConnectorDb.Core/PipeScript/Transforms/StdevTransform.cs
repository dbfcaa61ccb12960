using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The running standard deviation.</summary>
internal sealed class StdevTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "stdev",
        Description = "The standard deviation of the datapoints so far.",
        Documentation = "The sample standard deviation: the sum of squares is divided by the count minus one. Null for the first datapoint.",
        Examples = ["stdev | if last — how far the datapoints scatter"],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Scattering();

    /// <summary>The method of Welford (1962), which loses no digits when the mean is large.</summary>
    private sealed class Scattering : ColumnNode
    {
        private double _count;
        private double _mean;
        private double _squares;

        protected override Column Map(Block input, ref EvaluationError? error)
        {
            ReadOnlySpan<double> numbers = Numbers.Read(input, input.Values, ref error).Span;
            bool isFirst = _count == 0;
            double[] results = Buffers.Make<double>(numbers.Length);
            for (int i = 0; i < results.Length; i++)
            {
                _count++;
                double difference = numbers[i] - _mean;
                _mean += difference / _count;
                _squares += difference * (numbers[i] - _mean);
                results[i] = Math.Sqrt(_squares / (_count - 1));
            }

            return NullableNumbers.Column(results, firstIsNull: isFirst);
        }
    }
}
