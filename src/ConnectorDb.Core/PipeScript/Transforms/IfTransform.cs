using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Binding;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Transforms;

/// <summary>Filters datapoints.</summary>
internal sealed class IfTransform : Transform
{
    public override TransformInfo Info { get; } = new()
    {
        Name = "if",
        Description = "Keeps the datapoints for which the condition is true.",
        Documentation = """
            The datapoint itself is not changed. Numbers are true above 0.
            `if last` keeps only the last datapoint, which turns a running value into a total.
            """,
        Arguments = [new() { Name = "condition", Description = "The condition." }],
        Examples =
        [
            "if $ > 20 — the datapoints above 20",
            "if changed — the datapoints that differ from the one before",
            "sum | if last — the sum of all datapoints",
        ],
    };

    internal override NodeFactory Bind(BoundCall call)
    {
        if (call.Plan(0).BareTransform == "last")
        {
            return _ => new KeepLast();
        }

        ArgumentPlans condition = call.Arguments(0);
        return activation => new FilterNode(condition, activation);
    }

    private sealed class FilterNode(ArgumentPlans condition, Activation activation) : ArgumentNode(condition, activation)
    {
        protected override Batch Apply(Block input, Block[] arguments, Batch end)
        {
            EvaluationError? error = null;
            ReadOnlySpan<bool> passes = Booleans.Read(input, arguments[0].Values, ref error).Span;
            return end.With(Rows.Keep(input, passes), error?.Named("Argument given to if can't be converted to boolean"));
        }

        protected override bool CanPruneByRange => true;

        protected override PruningResult? TryPrune(SegmentStatistics input, ValueRange[] arguments)
            => arguments[0].AreTrue ? PruningResult.Stateless(input)
                : arguments[0].AreFalse ? PruningResult.Stateless(SegmentStatistics.Nothing)
                : null;
    }

    /// <summary>Computes <c>if last</c> without a flag for each datapoint.</summary>
    private sealed class KeepLast : Node
    {
        private Func<Block> _last = () => Block.Empty;
        private long _held;

        protected override Batch Run(Batch input)
        {
            if (input.Block.Count > 0)
            {
                Block last = input.Block.Slice(input.Block.Count - 1, 1);
                _last = () => last;
                Memory.Replace(ref _held, ColumnSize.Of(last.Values, long.MaxValue));
            }

            return input.IsLast ? input with { Block = _last() } : Batch.Nothing;
        }

        public override bool CanPrune => true;

        public override PruningResult? TryPrune(SegmentStatistics input)
            => input.Last is { } last ? new(SegmentStatistics.Nothing, () => _last = last) : null;
    }
}
