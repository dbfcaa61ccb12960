using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Keeps the latest datapoint that meets a condition.</summary>
internal sealed class RememberTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "remember",
        Description = "The latest datapoint for which the condition was true.",
        Documentation = """
            Until then it is the first datapoint. The result has the time of the remembered datapoint.
            With a second argument, the result of the argument is remembered instead of the datapoint.
            """,
        Arguments =
        [
            new() { Name = "condition", Description = "True for datapoints to remember." },
            new() { Name = "value", Description = "The value to remember.", Optional = true, Default = "$" },
        ],
        Examples =
        [
            "remember(changed) — the first datapoint of each run of equal ones",
            "$ - remember($ < 0) — the distance from the last negative value",
        ],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        ArgumentPlans arguments = call.Arguments(0, 1);
        return activation => new Cell(arguments, activation);
    }

    private sealed class Cell(ArgumentPlans arguments, Activation activation) : LatchNode(arguments, activation)
    {
        protected override ReadOnlyMemory<bool> Accept(Block input, Block[] arguments, ref EvaluationError? error)
            => Booleans.Read(input, arguments[0].Values, ref error);

        protected override Block Candidates(Block input, Block[] arguments) => arguments[1];
    }
}
