using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Bodies;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>One datapoint for each span of time.</summary>
internal sealed class ResampleTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "resample",
        Description = "One datapoint for each span of time: the result of a script for the datapoints in it.",
        Documentation = """
            Spans end at the multiples T of their length since 1970 (UTC) and cover (T - length, T], like the rows of a dataset.
            The result is the last one of the script, which restarts for each span, at the time T. A span without
            datapoints has no result. The script cannot look ahead.
            """,
        Arguments =
        [
            new() { Name = "length", Description = "Seconds, or a text such as \"15m\" or \"1h\".", Constant = true },
            new() { Name = "script", Description = "The script for each span.", Optional = true, Default = "mean", Body = true },
        ],
        Examples =
        [
            "resample(\"15m\") — the mean of each quarter of an hour",
            "resample(3600, max) — the largest of each hour, at the end of the hour",
        ],
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        double length = LengthOf(call);
        Plan body = call.Plan(1);
        return activation => new Resampling(length, new RestartableBody(body, activation.Of(1)));
    }

    private static double LengthOf(BoundCall call)
    {
        DataValue given = call.Constant(0);
        bool isDuration = given.Kind == DataKind.Text && Duration.TryParse(given.AsText(), out _);
        double length = isDuration && Duration.TryParse(given.AsText(), out double seconds) ? seconds : call.Number(0);
        return length > 0 && double.IsFinite(length) ? length : throw call.Error(0, "is no length of time above 0");
    }

    private sealed class Resampling(double length, RestartableBody body) : Node
    {
        private double _span = double.NaN;
        private Block _result = Block.Empty;
        private long _held;

        protected override Batch Run(Batch input)
        {
            List<Block> results = [];
            ReadOnlySpan<double> times = input.Block.Times.Span;
            int from = 0;
            for (int i = 0; i <= times.Length; i++)
            {
                double span = i < times.Length ? Math.Ceiling(times[i] / length) : double.NaN;
                if (span == _span)
                {
                    continue;
                }

                if (i > from)
                {
                    Batch answer = body.Process(input.Block.Slice(from, i - from));
                    if (answer.Error is not null)
                    {
                        return input.With(Rows.Concat(results), answer.Error);
                    }

                    // Adding zero makes a negative zero positive.
                    _result = new Block(new[] { (_span * length) + 0.0 }, answer.Block.Values.Slice(answer.Block.Count - 1, 1));
                    Memory.Replace(ref _held, ColumnSize.Of(_result.Values, long.MaxValue));
                    from = i;
                }

                if (i < times.Length)
                {
                    results.Add(_result);
                    _result = Block.Empty;
                    _span = span;
                    body.Restart();
                }
            }

            if (input.IsLast)
            {
                results.Add(_result);
            }

            return input.With(Rows.Concat(results), error: null);
        }
    }
}
