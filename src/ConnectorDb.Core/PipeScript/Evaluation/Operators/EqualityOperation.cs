using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Operators;

/// <summary>The operators <c>==</c> and <c>!=</c>; see <see cref="Equality"/>.</summary>
/// <param name="expected">The result for equal values.</param>
internal sealed class EqualityOperation<T>(bool expected) : BinaryOperation
    where T : struct, IComparison
{
    public override Column Apply(Block input, Column left, Column right, WorkingMemory memory, ref EvaluationError? error)
    {
        bool[] results = new bool[left.Count];
        if (AreDoubles(left, right) && results.Length > 0)
        {
            (ReadOnlyMemory<double> a, ReadOnlyMemory<double> b, _) = ReadNumbers(input, left, right, NotOrdered, ref error);
            Kernels.Compare<T>(a.Span, b.Span, results);
            return new BooleanColumn(results);
        }

        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Equality.Same(left[i], right[i]) == expected;
        }

        return new BooleanColumn(results);
    }

    public override bool CanPrune => true;

    public override ValueRange? TryPrune(ValueRange left, ValueRange right)
    {
        bool differ = left.Maximum < right.Minimum || right.Maximum < left.Minimum;
        return ValueRange.Of(areTrue: differ && !expected, areFalse: differ && expected);
    }

    /// <summary>Comparing as doubles gives the same result; only two integers need a more exact comparison.</summary>
    private static bool AreDoubles(Column left, Column right)
        => Numbers.AreCertain(left) && Numbers.AreCertain(right) && !(HasIntegers(left) && HasIntegers(right));

    private static bool HasIntegers(Column column)
        => column is IntegerColumn || (column is ConstantColumn constant && constant.Value.Kind == DataKind.Integer);
}
