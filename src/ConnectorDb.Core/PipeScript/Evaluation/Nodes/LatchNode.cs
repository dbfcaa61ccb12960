using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>For each datapoint the one that holds a place since it won it, with its own time.</summary>
internal abstract class LatchNode(ArgumentPlans arguments, Activation activation) : ArgumentNode(arguments, activation)
{
    private Block _holder = Block.Empty;

    protected sealed override Batch Apply(Block input, Block[] arguments, Batch end)
    {
        if (input.Count == 0)
        {
            return end;
        }

        EvaluationError? error = null;
        ReadOnlySpan<bool> wins = Wins(input, arguments, ref error).Span;
        if (wins.Length == 0)
        {
            return end.With(Block.Empty, error);
        }

        Block candidates = Rows.Concat(_holder, Candidates(input, arguments));
        int[] holders = Buffers.Make<int>(wins.Length);
        int holder = 0;
        for (int i = 0; i < holders.Length; i++)
        {
            holder = wins[i] ? i + _holder.Count : holder;
            holders[i] = holder;
        }

        _holder = candidates.Slice(holder, 1);
        return end.With(Rows.Gather(candidates, holders), error);
    }

    protected sealed override bool CanPruneByRange => true;

    protected sealed override PruningResult? TryPrune(SegmentStatistics input, ValueRange[] arguments)
    {
        if (MayWin(arguments[0]))
        {
            return null;
        }

        Block holder = _holder;
        double time = holder.Times.Span[0];
        return PruningResult.Stateless(new(input.Count, time, time) { Last = () => holder });
    }

    /// <summary>Whether a datapoint may take the place whose first argument lies within these bounds; the first datapoint does.</summary>
    protected virtual bool MayWin(ValueRange weights) => true;

    /// <summary>Which datapoints take the place; as many as datapoints, or fewer and the error of the one after them. The first takes it in any case.</summary>
    protected abstract ReadOnlyMemory<bool> Wins(Block input, Block[] arguments, ref EvaluationError? error);

    /// <summary>The datapoints that stand for the place.</summary>
    protected virtual Block Candidates(Block input, Block[] arguments) => input;
}
