using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Operators;

/// <summary>The arithmetic operators.</summary>
internal sealed class ArithmeticOperation<T> : BinaryOperation
    where T : struct, IArithmetic
{
    public override Column Apply(Block input, Column left, Column right, WorkingMemory memory, ref EvaluationError? error)
    {
        (ReadOnlyMemory<double> a, ReadOnlyMemory<double> b, int count) = ReadNumbers(input, left, right, NotAlgebra, ref error);
        double[] results = Buffers.Make<double>(count);
        if (count > 0)
        {
            Kernels.Apply<T>(a.Span, b.Span, results);
        }

        return new NumberColumn(results);
    }
}
