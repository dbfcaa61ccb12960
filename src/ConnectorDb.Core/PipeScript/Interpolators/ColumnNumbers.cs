using System.Runtime.CompilerServices;
using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Interpolators;

/// <summary>Reads the values of datapoints as numbers.</summary>
internal static class ColumnNumbers
{
    /// <summary>The numbers of <paramref name="count"/> datapoints from <paramref name="start"/> on.</summary>
    /// <param name="interpolator">The name of the interpolator, for the error message.</param>
    /// <exception cref="ScriptRuntimeException">A value is not a number.</exception>
    public static ReadOnlySpan<double> Read(Block points, int start, int count, string interpolator)
        => points.Values is NumberColumn numbers
            ? numbers.Values.Span.Slice(start, count)
            : Convert(points.Slice(start, count), interpolator);

    /// <inheritdoc cref="Read"/>
    public static double ReadOne(DatapointReference point, string interpolator) => Read(point.Block!, point.Index, 1, interpolator)[0];

    /// <summary>Adds numbers to a sum, one after the other, so that it does not depend on how they are divided into blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double AddTo(double sum, ReadOnlySpan<double> numbers)
    {
        foreach (double number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    private static ReadOnlySpan<double> Convert(Block points, string interpolator)
    {
        EvaluationError? error = null;
        ReadOnlySpan<double> numbers = Numbers.Read(points, points.Values, ref error).Span;
        return error is null ? numbers : throw new ScriptRuntimeException($"The interpolator '{interpolator}' needs numbers: {error.Message}", interpolator, error.Time) { Original = error.Problem.Original };
    }
}
