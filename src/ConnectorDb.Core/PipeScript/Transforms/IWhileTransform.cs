using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Groups of datapoints, all results of each.</summary>
internal sealed class IWhileTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "iwhile",
        Description = "Runs a script that begins anew whenever the condition is false.",
        Documentation = "Like `while`, but one result for each datapoint.",
        Arguments =
        [
            new() { Name = "condition", Description = "True as long as the group goes on." },
            new() { Name = "script", Description = "What to compute within each group.", Body = true },
        ],
        Examples = ["iwhile(not changed, count) — how often the value has come in a row"],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        BoundArguments condition = call.Arguments(0);
        Plan body = call.Plan(1);
        return activation => new Grouping(condition, new RestartingBody(body, activation.Of(1)), activation);
    }

    private sealed class Grouping(BoundArguments condition, RestartingBody body, Activation activation) : ArgumentNode(condition, activation)
    {
        protected override Batch Apply(Block input, Block[] arguments, Batch end)
        {
            List<Block> results = [];
            Fault? fault = null;
            ReadOnlySpan<bool> goesOn = Booleans.Read(input, arguments[0].Values, ref fault).Span;
            int from = 0;
            for (int i = 0; i <= goesOn.Length; i++)
            {
                if ((i == goesOn.Length || !goesOn[i]) && i > from)
                {
                    Batch answer = body.Process(input.Slice(from, i - from));
                    results.Add(answer.Block);
                    if (answer.Fault is not null)
                    {
                        fault = answer.Fault;
                        break;
                    }

                    from = i;
                }

                if (i < goesOn.Length && !goesOn[i])
                {
                    body.Restart();
                }
            }

            return end.With(Rows.Concat(results), fault);
        }
    }
}
