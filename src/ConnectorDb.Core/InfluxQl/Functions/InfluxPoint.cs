namespace ConnectorDb.Core.InfluxQl.Functions;

/// <summary>A value that a function takes or gives.</summary>
/// <param name="Time">Its time in the result, in nanoseconds.</param>
/// <param name="Series">The number of its series among those that are grouped.</param>
/// <param name="Source">The time of the point that it was, for the other fields of that point.</param>
internal readonly record struct InfluxPoint(long Time, DataValue Value, int Series, long Source)
{
    public static InfluxPoint Of(long time, DataValue value) => new(time, value, 0, time);

    public double Number => Value.AsDouble();
}
