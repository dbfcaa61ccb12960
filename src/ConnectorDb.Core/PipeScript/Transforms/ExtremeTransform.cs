using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>The most extreme datapoint so far: <c>min</c> and <c>max</c>.</summary>
/// <param name="name">The name of the transform.</param>
/// <param name="superlative">The adjective of its description.</param>
internal abstract class ExtremeTransform<TComparison>(string name, string superlative) : Transform
    where TComparison : struct, IComparison
{
    public sealed override TransformInfo Info { get; } = new()
    {
        Name = name,
        Description = $"The datapoint with the {superlative} value so far.",
        Documentation = $"""
            The result is the whole datapoint with its own time. Of equal values the first counts; NaN never counts.
            With an argument, it is the datapoint with the {superlative} result of the argument.
            """,
        Arguments = [new() { Name = "weight", Description = "The number to compare.", Optional = true, Default = "$" }],
        Examples =
        [
            $"{name} | if last — the {superlative} datapoint and its time",
            $"{name}($(\"load\")) | if last — the object with the {superlative} load",
        ],
        OneToOne = true,
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        ArgumentPlans weight = call.Arguments(0);
        return activation => new ExtremeNode(weight, activation);
    }

    private sealed class ExtremeNode(ArgumentPlans weight, Activation activation) : LatchNode(weight, activation)
    {
        private double _best = double.NaN;

        protected override bool MayAccept(ValueRange weights)
            => double.IsNaN(_best) || TComparison.Of(weights.Minimum, _best) || TComparison.Of(weights.Maximum, _best);

        protected override ReadOnlyMemory<bool> Accept(Block input, Block[] arguments, ref EvaluationError? error)
        {
            ReadOnlySpan<double> weights = Numbers.Read(input, arguments[0].Values, ref error).Span;
            bool[] accepted = new bool[weights.Length];
            for (int i = 0; i < accepted.Length; i++)
            {
                accepted[i] = TComparison.Of(weights[i], _best) || (double.IsNaN(_best) && !double.IsNaN(weights[i]));
                _best = accepted[i] ? weights[i] : _best;
            }

            return accepted;
        }
    }
}
