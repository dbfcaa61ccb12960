using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Operators;

/// <summary>Concatenates two values as texts; the operator <c>+</c> in a key.</summary>
internal sealed class JoinOperation : BinaryOperation
{
    public override Column Apply(Block input, Column left, Column right, WorkingMemory memory, ref EvaluationError? error)
    {
        ColumnBuilder results = new(left.Count);
        for (int i = 0; i < left.Count; i++)
        {
            if (!Conversion.TryText(left[i], out string a) || !Conversion.TryText(right[i], out string b))
            {
                DataValue wrong = Conversion.TryText(left[i], out _) ? right[i] : left[i];
                error = EvaluationError.At(input, i, Problem.NotText(wrong));
                break;
            }

            results.Add(Join(a, b, memory));
        }

        return results.Build();
    }

    /// <summary>The text of two texts. Its size is checked before it is made, because a single step may double the memory of all values.</summary>
    public static DataValue Join(string first, string second, WorkingMemory memory)
    {
        long size = ColumnSize.OfText((long)first.Length + second.Length);
        memory.Budget.CheckValue(size);
        memory.Use(size);
        return DataValue.From(first + second);
    }
}
