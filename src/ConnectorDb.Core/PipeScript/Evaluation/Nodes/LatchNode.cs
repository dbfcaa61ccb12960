using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Gives for each datapoint the latest datapoint that was accepted, with its own time (a latch).</summary>
internal abstract class LatchNode(ArgumentPlans arguments, Activation activation) : ArgumentNode(arguments, activation)
{
    private Block _latched = Block.Empty;
    private long _held;

    protected sealed override Batch Apply(Block input, Block[] arguments, Batch end)
    {
        if (input.Count == 0)
        {
            return end;
        }

        EvaluationError? error = null;
        ReadOnlySpan<bool> accepted = Accept(input, arguments, ref error).Span;
        if (accepted.Length == 0)
        {
            return end.With(Block.Empty, error);
        }

        Block candidates = Rows.Concat(_latched, Candidates(input, arguments));
        int[] latched = Buffers.Make<int>(accepted.Length);
        int position = 0;
        for (int i = 0; i < latched.Length; i++)
        {
            position = accepted[i] ? i + _latched.Count : position;
            latched[i] = position;
        }

        // A copy, because a part of the block would keep all of it in memory.
        _latched = Rows.Gather(candidates, [position]);
        Memory.Replace(ref _held, ColumnSize.Of(_latched.Values, long.MaxValue));
        return end.With(Rows.Gather(candidates, latched), error);
    }

    protected sealed override bool CanPruneByRange => true;

    protected sealed override PruningResult? TryPrune(SegmentStatistics input, ValueRange[] arguments)
    {
        if (MayAccept(arguments[0]))
        {
            return null;
        }

        Block position = _latched;
        double time = position.Times.Span[0];
        return PruningResult.Stateless(new(input.Count, time, time) { Last = () => position });
    }

    /// <summary>A datapoint whose first argument lies within this range may be accepted. The first datapoint always is.</summary>
    protected virtual bool MayAccept(ValueRange weights) => true;

    /// <summary>
    /// A flag for each datapoint that is accepted; fewer flags than datapoints when one fails. The first datapoint must be
    /// accepted.
    /// </summary>
    protected abstract ReadOnlyMemory<bool> Accept(Block input, Block[] arguments, ref EvaluationError? error);

    /// <summary>The datapoints to output when they are accepted.</summary>
    protected virtual Block Candidates(Block input, Block[] arguments) => input;
}
