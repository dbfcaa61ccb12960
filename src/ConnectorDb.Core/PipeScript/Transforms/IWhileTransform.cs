using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Bodies;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Runs a script over groups of datapoints, with all results of each.</summary>
internal sealed class IWhileTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "iwhile",
        Description = "Runs a script that restarts whenever the condition is false.",
        Documentation = "Like `while`, but with one result for each datapoint.",
        Arguments =
        [
            new() { Name = "condition", Description = "True while the group continues." },
            new() { Name = "script", Description = "The script for each group.", Body = true },
        ],
        Examples = ["iwhile(not changed, count) — how often the value has come in a row"],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        ArgumentPlans condition = call.Arguments(0);
        Plan body = call.Plan(1);
        return activation => new Grouping(condition, new RestartableBody(body, activation.Of(1)), activation);
    }

    private sealed class Grouping(ArgumentPlans condition, RestartableBody body, Activation activation) : ArgumentNode(condition, activation)
    {
        protected override Batch Apply(Block input, Block[] arguments, Batch end)
        {
            List<Block> results = [];
            EvaluationError? error = null;
            ReadOnlySpan<bool> goesOn = Booleans.Read(input, arguments[0].Values, ref error).Span;
            int from = 0;
            for (int i = 0; i <= goesOn.Length; i++)
            {
                if ((i == goesOn.Length || !goesOn[i]) && i > from)
                {
                    Batch answer = body.Process(input.Slice(from, i - from));
                    results.Add(answer.Block);
                    if (answer.Error is not null)
                    {
                        error = answer.Error;
                        break;
                    }

                    from = i;
                }

                if (i < goesOn.Length && !goesOn[i])
                {
                    body.Restart();
                }
            }

            return end.With(Rows.Concat(results), error);
        }
    }
}
