using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The time since the previous datapoint.</summary>
internal sealed class DtTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "dt",
        Description = "The seconds since the previous datapoint.",
        Documentation = "0 for the first datapoint, and after a datapoint at time 0.",
        Examples = ["if dt > 60 — datapoints after a gap of more than a minute"],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call) => _ => new Measuring();

    private sealed class Measuring : ColumnNode
    {
        private double _previous;

        protected override Column Map(Block input, ref EvaluationError? error)
        {
            ReadOnlySpan<double> times = input.Times.Span;
            double[] spans = Buffers.Make<double>(times.Length);
            for (int i = 0; i < spans.Length; i++)
            {
                spans[i] = _previous == 0 ? 0 : times[i] - _previous;
                _previous = times[i];
            }

            return new NumberColumn(spans);
        }
    }
}
