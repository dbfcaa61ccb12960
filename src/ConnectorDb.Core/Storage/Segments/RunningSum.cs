using System.Runtime.CompilerServices;
using ConnectorDb.Columns;

namespace ConnectorDb.Core.Storage.Segments;

/// <summary>
/// The sum of a sequence from its start, added one number after the other as doubles, so that it equals the result of a script to
/// the last bit. It is null when a value is not a number or an older version wrote it.
/// </summary>
public static class RunningSum
{
    /// <summary>The sum when these values follow.</summary>
    public static double? After(double? before, Column values) => (before, values) switch
    {
        ({ } sum, NumberColumn numbers) => Known(Add(sum, numbers.Values.Span)),
        ({ } sum, IntegerColumn integers) => Add(sum, integers.Values.Span),
        ({ } sum, ValueColumn mixed) => Add(sum, mixed.Values.Span),
        _ => null,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Add(double sum, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static double Add(double sum, ReadOnlySpan<long> values)
    {
        foreach (long value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static double? Add(double sum, ReadOnlySpan<DataValue> values)
    {
        foreach (DataValue value in values)
        {
            if (!value.IsNumber)
            {
                return null;
            }

            sum += value.AsDouble();
        }

        return Known(sum);
    }

    /// <summary>A database does not keep NaN.</summary>
    private static double? Known(double sum) => double.IsNaN(sum) ? null : sum;
}
