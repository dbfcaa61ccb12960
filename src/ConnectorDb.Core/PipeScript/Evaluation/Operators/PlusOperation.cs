using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Operators;

/// <summary>Adds two numbers; two texts that are not both numbers are concatenated.</summary>
internal sealed class PlusOperation : BinaryOperation
{
    private readonly ArithmeticOperation<Addition> _sum = new();

    public override Column Apply(Block input, Column left, Column right, WorkingMemory memory, ref EvaluationError? error)
    {
        if (Numbers.AreCertain(left) && Numbers.AreCertain(right))
        {
            return _sum.Apply(input, left, right, memory, ref error);
        }

        ColumnBuilder results = new(left.Count);
        for (int i = 0; i < left.Count; i++)
        {
            DataValue a = left[i];
            DataValue b = right[i];
            if (Conversion.TryNumber(a, out double x) && Conversion.TryNumber(b, out double y))
            {
                results.Add(x + y);
            }
            else if (a.Kind == DataKind.Text && b.Kind == DataKind.Text)
            {
                results.Add(JoinOperation.Join(a.AsText(), b.AsText(), memory));
            }
            else
            {
                error = EvaluationError.At(input, i, new Problem($"{ValueText.Short(a)} and {ValueText.Short(b)} cannot be added: they are neither two numbers nor two texts", NotAlgebra));
                break;
            }
        }

        return results.Build();
    }
}
