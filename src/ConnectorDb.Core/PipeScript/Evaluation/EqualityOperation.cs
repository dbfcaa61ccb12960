using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>Whether two values are the same (or not); see <see cref="Equality"/>.</summary>
/// <param name="answer">The result where they are the same.</param>
internal sealed class EqualityOperation<T>(bool answer) : BinaryOperation
    where T : struct, IComparison
{
    public override Column Apply(Block input, Column left, Column right, ref Fault? fault)
    {
        bool[] results = new bool[left.Count];
        if (AreDoubles(left, right) && results.Length > 0)
        {
            (ReadOnlyMemory<double> a, ReadOnlyMemory<double> b, _) = ReadNumbers(input, left, right, ref fault);
            Kernels.Compare<T>(a.Span, b.Span, results);
            return new BooleanColumn(results);
        }

        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Equality.Same(left[i], right[i]) == answer;
        }

        return new BooleanColumn(results);
    }

    public override bool Foresees => true;

    public override NumberBounds? Foresee(NumberBounds left, NumberBounds right)
    {
        bool differ = left.Greatest < right.Least || right.Greatest < left.Least;
        return NumberBounds.Of(areTrue: differ && !answer, areFalse: differ && answer);
    }

    /// <summary>Comparing them as doubles says the same: only two integers are compared more exactly.</summary>
    private static bool AreDoubles(Column left, Column right)
        => Numbers.AreCertain(left) && Numbers.AreCertain(right) && !(HasIntegers(left) && HasIntegers(right));

    private static bool HasIntegers(Column column)
        => column is IntegerColumn || (column is ConstantColumn constant && constant.Value.Kind == DataKind.Integer);
}
