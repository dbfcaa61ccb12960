using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>Numbers of which the first may be missing.</summary>
internal static class NullableNumbers
{
    public static Column Column(double[] numbers, bool firstIsNull)
    {
        if (!firstIsNull || numbers.Length == 0)
        {
            return new NumberColumn(numbers);
        }

        DataValue[] values = Array.ConvertAll(numbers, DataValue.From);
        values[0] = DataValue.Null;
        return new ValueColumn(values);
    }
}
