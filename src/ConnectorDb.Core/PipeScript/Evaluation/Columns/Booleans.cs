using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>Converts columns to booleans.</summary>
internal static class Booleans
{
    /// <summary>The booleans up to the first value that is not one; that value is an error at its datapoint.</summary>
    public static ReadOnlyMemory<bool> Read(Block block, Column column, ref EvaluationError? error)
    {
        ReadOnlyMemory<bool> booleans = Of(column);
        if (booleans.Length < column.Count)
        {
            error = EvaluationError.At(block, booleans.Length, Problem.NotBoolean(column[booleans.Length]));
        }

        return booleans;
    }

    private static ReadOnlyMemory<bool> Of(Column column)
    {
        switch (column)
        {
            case BooleanColumn booleans:
                return booleans.Values;
            case NumberColumn numbers:
                bool[] positive = new bool[column.Count];
                Kernels.Compare<Greater>(numbers.Values.Span, [0.0], positive);
                return positive;
            default:
                return FromValues(column);
        }
    }

    private static ReadOnlyMemory<bool> FromValues(Column column)
    {
        bool[] booleans = new bool[column.Count];
        int done = 0;
        while (done < booleans.Length && Conversion.TryBoolean(column[done], out bool boolean))
        {
            booleans[done++] = boolean;
        }

        return booleans.AsMemory(0, done);
    }
}
