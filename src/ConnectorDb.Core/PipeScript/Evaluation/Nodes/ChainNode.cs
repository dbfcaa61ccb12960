using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Operators;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Operands with operators between them, computed from left to right without recursion, however many there are.</summary>
internal sealed class ChainNode(Node first, ChainNode.Step[] steps) : Node
{
    private bool _firstHasEnded;

    protected override Batch Run(Batch input)
    {
        Batch left = _firstHasEnded ? Batch.Nothing : first.Process(input);
        _firstHasEnded |= left.IsLast;
        foreach (Step step in steps)
        {
            left = step.Process(input, left);
        }

        return left;
    }

    public override bool CanPrune => first.CanPrune && Array.TrueForAll(steps, step => step.CanPrune);

    public override PruningResult? TryPrune(SegmentStatistics input)
    {
        PruningResult? left = first.TryPrune(input);
        foreach (Step step in steps)
        {
            left = left is null ? null : step.TryPrune(input, left);
        }

        return left;
    }

    /// <summary>An operator with its right operand.</summary>
    internal sealed class Step(BinaryOperation operation, Node operand, bool delays, WorkingMemory memory)
    {
        private readonly Joiner? _joiner = delays ? new Joiner(2, memory) : null;
        private bool _hasEnded;

        public Batch Process(Batch input, Batch left)
        {
            if (_hasEnded)
            {
                return Batch.Nothing;
            }

            Batch right = _joiner?.HasEnded(1) == true ? Batch.Nothing : operand.Process(input);
            AlignedBatch aligned = _joiner?.Join(input, [left, right]) ?? Joiner.JoinAtOnce(input, [left, right]);
            Batch answer = aligned.End;
            if (aligned.Input.Count > 0)
            {
                EvaluationError? error = null;
                Column values = operation.Apply(aligned.Input, aligned.Arguments[0].Values, aligned.Arguments[1].Values, memory, ref error);
                answer = answer.With(aligned.Input, values, error);
            }

            _hasEnded = answer.IsLast;
            return answer;
        }

        public bool CanPrune => !delays && operation.CanPrune && operand.CanPrune;

        public PruningResult? TryPrune(SegmentStatistics input, PruningResult left)
        {
            ValueRange? bounds = null;
            PruningResult? right = delays ? null : operand.TryPrune(input);
            if ((left.Output.Numbers, right?.Output.Numbers) is ({ } a, { } b))
            {
                bounds = operation.TryPrune(a, b);
            }

            return bounds is null ? null : new(new(input.Count, input.FirstT, input.LastT) { Numbers = bounds }, left.Commit + right!.Commit);
        }
    }
}
