using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Operators;

/// <summary>The operators that compare numbers.</summary>
internal sealed class OrderOperation<T> : BinaryOperation
    where T : struct, IComparison
{
    public override Column Apply(Block input, Column left, Column right, WorkingMemory memory, ref EvaluationError? error)
    {
        (ReadOnlyMemory<double> a, ReadOnlyMemory<double> b, int count) = ReadNumbers(input, left, right, NotOrdered, ref error);
        bool[] results = Buffers.Make<bool>(count);
        if (count > 0)
        {
            Kernels.Compare<T>(a.Span, b.Span, results);
        }

        return new BooleanColumn(results);
    }

    public override bool CanPrune => true;

    /// <summary>Compares the ends of the ranges: when both pairs of ends compare the same way, all values between them do.</summary>
    public override ValueRange? TryPrune(ValueRange left, ValueRange right)
    {
        bool one = T.Of(left.Minimum, right.Maximum);
        bool other = T.Of(left.Maximum, right.Minimum);
        return ValueRange.Of(areTrue: one && other, areFalse: !one && !other);
    }
}
