namespace ConnectorDb.Core.InfluxQl.Sources;

/// <summary>The values of a field of a series, in the order of their nanoseconds.</summary>
internal sealed record FieldPoints(IReadOnlyList<long> Times, IReadOnlyList<DataValue> Values)
{
    public static FieldPoints None { get; } = new([], []);

    public int Count => Times.Count;

    /// <summary>The value at a time; null when there is none.</summary>
    public DataValue At(long time)
    {
        int low = 0;
        int high = Times.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (Times[middle] == time)
            {
                return Values[middle];
            }

            (low, high) = Times[middle] < time ? (middle + 1, high) : (low, middle - 1);
        }

        return DataValue.Null;
    }
}
