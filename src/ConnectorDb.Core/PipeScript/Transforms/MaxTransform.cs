using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The largest datapoint so far.</summary>
internal sealed class MaxTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "max",
        Description = "The datapoint with the largest value so far.",
        Documentation = """
            The whole datapoint is given, with its own time. Of equal ones the first counts. NaN never counts.
            With an argument, the datapoint for which that is largest.
            """,
        Arguments = [new() { Name = "weight", Description = "What to compare.", Optional = true, Default = "$" }],
        Examples =
        [
            "max | if last — the largest datapoint and when it was",
            "max($(\"load\")) | if last — the object with the largest load",
        ],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        BoundArguments weight = call.Arguments(0);
        return activation => new Maximum(weight, activation);
    }

    private sealed class Maximum(BoundArguments weight, Activation activation) : WinnerNode(weight, activation)
    {
        private double _best = double.NaN;

        protected override bool MayWin(NumberBounds weights) => !(weights.Greatest <= _best);

        protected override ReadOnlyMemory<bool> Wins(Block input, Block[] arguments, ref Fault? fault)
        {
            ReadOnlySpan<double> weights = Numbers.Read(input, arguments[0].Values, ref fault).Span;
            bool[] wins = new bool[weights.Length];
            for (int i = 0; i < wins.Length; i++)
            {
                wins[i] = weights[i] > _best || (double.IsNaN(_best) && !double.IsNaN(weights[i]));
                _best = wins[i] ? weights[i] : _best;
            }

            return wins;
        }
    }
}
