using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>Which of two numbers is greater.</summary>
internal sealed class OrderOperation<T> : BinaryOperation
    where T : struct, IComparison
{
    public override Column Apply(Block input, Column left, Column right, ref Fault? fault)
    {
        (ReadOnlyMemory<double> a, ReadOnlyMemory<double> b, int count) = ReadNumbers(input, left, right, ref fault);
        bool[] results = Buffers.Make<bool>(count);
        if (count > 0)
        {
            Kernels.Compare<T>(a.Span, b.Span, results);
        }

        return new BooleanColumn(results);
    }

    public override bool Foresees => true;

    /// <summary>Where both extremes compare the same way, so does all between them.</summary>
    public override NumberBounds? Foresee(NumberBounds left, NumberBounds right)
    {
        bool one = T.Of(left.Least, right.Greatest);
        bool other = T.Of(left.Greatest, right.Least);
        return NumberBounds.Of(areTrue: one && other, areFalse: !one && !other);
    }
}
