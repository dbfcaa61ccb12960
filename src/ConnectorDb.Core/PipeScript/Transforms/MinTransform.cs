using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The smallest datapoint so far.</summary>
internal sealed class MinTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "min",
        Description = "The datapoint with the smallest value so far.",
        Documentation = """
            The whole datapoint is given, with its own time. Of equal ones the first counts. NaN never counts.
            With an argument, the datapoint for which that is smallest.
            """,
        Arguments = [new() { Name = "weight", Description = "What to compare.", Optional = true, Default = "$" }],
        Examples =
        [
            "min | if last — the smallest datapoint and when it was",
            "min($(\"load\")) | if last — the object with the smallest load",
        ],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        ArgumentPlans weight = call.Arguments(0);
        return activation => new Minimum(weight, activation);
    }

    private sealed class Minimum(ArgumentPlans weight, Activation activation) : LatchNode(weight, activation)
    {
        private double _best = double.NaN;

        protected override bool MayWin(ValueRange weights) => !(weights.Minimum >= _best);

        protected override ReadOnlyMemory<bool> Wins(Block input, Block[] arguments, ref EvaluationError? error)
        {
            ReadOnlySpan<double> weights = Numbers.Read(input, arguments[0].Values, ref error).Span;
            bool[] wins = new bool[weights.Length];
            for (int i = 0; i < wins.Length; i++)
            {
                wins[i] = weights[i] < _best || (double.IsNaN(_best) && !double.IsNaN(weights[i]));
                _best = wins[i] ? weights[i] : _best;
            }

            return wins;
        }
    }
}
