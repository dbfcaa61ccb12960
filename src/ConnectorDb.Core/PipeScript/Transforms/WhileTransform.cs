using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Bodies;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Runs a script over groups of datapoints, with one result for each.</summary>
internal sealed class WhileTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "while",
        Description = "Divides the stream into groups and gives the last result of a script for each.",
        Documentation = """
            A new group begins at each datapoint for which the condition is false. The script restarts with each group, and
            its result for the last datapoint of the group is the result. 5 2 3 1 2 with `while($ != 1, sum)` gives 10 and 3.

            When the condition looks at the next datapoint, a group ends where that differs, but its last datapoint opens
            the next group. For fixed spans of time use `resample`. `while` must be a stage of its own.
            """,
        Arguments =
        [
            new() { Name = "condition", Description = "True while the group continues." },
            new() { Name = "script", Description = "The script for each group.", Body = true },
        ],
        Examples =
        [
            "while(dt < 60, count) — how many datapoints came without a gap of a minute",
            "while($ != 1, sum) — sums that begin anew at each 1",
        ],
    };

    internal override bool Gathers => true;

    internal override NodeFactory Bind(BoundCall call)
    {
        ArgumentPlans condition = call.Arguments(0);
        Plan body = call.Plan(1);
        return activation => new Grouping(condition, new RestartableBody(body, activation.Of(1)), activation);
    }

    private sealed class Grouping(ArgumentPlans condition, RestartableBody body, Activation activation) : ArgumentNode(condition, activation)
    {
        private Block _result = Block.Empty;
        private long _held;
        private bool _isInside;

        protected override Batch Apply(Block input, Block[] arguments, Batch end)
        {
            List<Block> results = [];
            EvaluationError? error = null;
            if (input.Count > 0)
            {
                int unconverted = _isInside ? 0 : 1;
                ReadOnlySpan<bool> goesOn = Booleans.Read(
                    input.Slice(unconverted, input.Count - unconverted),
                    arguments[0].Values.Slice(unconverted, input.Count - unconverted),
                    ref error).Span;
                int from = 0;
                for (int i = 0; i <= goesOn.Length; i++)
                {
                    int row = i + unconverted;
                    if (i == goesOn.Length || !goesOn[i])
                    {
                        if (!Feed(input.Slice(from, row - from), ref error))
                        {
                            return end.With(Rows.Concat(results), error);
                        }

                        from = row;
                        if (i < goesOn.Length)
                        {
                            results.Add(_result);
                            body.Restart();
                        }
                    }
                }
            }

            if (end.IsLast && error is null)
            {
                results.Add(_result);
            }

            return end.With(Rows.Concat(results), error);
        }

        private bool Feed(Block datapoints, ref EvaluationError? error)
        {
            if (datapoints.Count == 0)
            {
                return true;
            }

            Batch answer = body.Process(datapoints);
            error = answer.Error ?? error;
            if (answer.Error is null)
            {
                _result = answer.Block.Slice(answer.Block.Count - 1, 1).ToBare();
                Memory.Replace(ref _held, ColumnSize.Of(_result.Values, long.MaxValue));
                _isInside = true;
            }

            return answer.Error is null;
        }
    }
}
