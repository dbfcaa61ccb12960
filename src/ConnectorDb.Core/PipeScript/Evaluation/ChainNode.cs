using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>Operands with operators between them, computed from left to right without recursion, however many there are.</summary>
internal sealed class ChainNode(Node first, ChainNode.Step[] steps) : Node
{
    private bool _firstHasEnded;

    public override Batch Process(Batch input)
    {
        Batch left = _firstHasEnded ? Batch.Nothing : first.Process(input);
        _firstHasEnded |= left.IsLast;
        foreach (Step step in steps)
        {
            left = step.Process(input, left);
        }

        return left;
    }

    public override bool Foresees => first.Foresees && Array.TrueForAll(steps, step => step.Foresees);

    public override Foresight? Foresee(Outline input)
    {
        Foresight? left = first.Foresee(input);
        foreach (Step step in steps)
        {
            left = left is null ? null : step.Foresee(input, left);
        }

        return left;
    }

    /// <summary>An operator with its right operand.</summary>
    internal sealed class Step(BinaryOperation operation, Node operand, bool delays)
    {
        private readonly Joiner? _joiner = delays ? new Joiner(2) : null;
        private bool _hasEnded;

        public Batch Process(Batch input, Batch left)
        {
            if (_hasEnded)
            {
                return Batch.Nothing;
            }

            Batch right = _joiner?.HasEnded(1) == true ? Batch.Nothing : operand.Process(input);
            Aligned aligned = _joiner?.Join(input, [left, right]) ?? Joiner.JoinAtOnce(input, [left, right]);
            Batch answer = aligned.End;
            if (aligned.Input.Count > 0)
            {
                Fault? fault = null;
                Column values = operation.Apply(aligned.Input, aligned.Arguments[0].Values, aligned.Arguments[1].Values, ref fault);
                answer = answer.With(aligned.Input, values, fault);
            }

            _hasEnded = answer.IsLast;
            return answer;
        }

        public bool Foresees => !delays && operation.Foresees && operand.Foresees;

        public Foresight? Foresee(Outline input, Foresight left)
        {
            NumberBounds? bounds = null;
            Foresight? right = delays ? null : operand.Foresee(input);
            if ((left.Output.Numbers, right?.Output.Numbers) is ({ } a, { } b))
            {
                bounds = operation.Foresee(a, b);
            }

            return bounds is null ? null : new(new(input.Count, input.FirstT, input.LastT) { Numbers = bounds }, left.Pass + right!.Pass);
        }
    }
}
