using ConnectorDb.Core.InfluxQl.Evaluation;

namespace ConnectorDb.Core.InfluxQl.Functions;

/// <summary>The functions that make a series of values from another, point by point.</summary>
internal static class TransformFunctions
{
    /// <param name="points">The points, in the order of the statement.</param>
    /// <param name="unit">The unit of time in nanoseconds, or the number of points.</param>
    public static List<InfluxPoint> Apply(string function, List<InfluxPoint> points, long unit) => function switch
    {
        "derivative" => Derivative(points, unit, isNegativeKept: true),
        "non_negative_derivative" => Derivative(points, unit, isNegativeKept: false),
        "difference" => Difference(points, isNegativeKept: true),
        "non_negative_difference" => Difference(points, isNegativeKept: false),
        "cumulative_sum" => CumulativeSum(points),
        "elapsed" => Elapsed(points, unit),
        _ => MovingAverage(points, (int)unit),
    };

    private static List<InfluxPoint> Derivative(List<InfluxPoint> points, long unit, bool isNegativeKept)
        => Pairs(points, (before, point) => DataValue.From((point.Number - before.Number) / (Math.Abs(point.Time - before.Time) / (double)unit)), isNegativeKept);

    private static List<InfluxPoint> Difference(List<InfluxPoint> points, bool isNegativeKept)
        => Pairs(points, (before, point) => InfluxOperators.Apply("-", point.Value, before.Value), isNegativeKept);

    /// <summary>A value for each point and the one before it at another time.</summary>
    private static List<InfluxPoint> Pairs(List<InfluxPoint> points, Func<InfluxPoint, InfluxPoint, DataValue> combine, bool isNegativeKept)
    {
        List<InfluxPoint> results = [];
        for (int i = 1, before = 0; i < points.Count; i++)
        {
            if (points[i].Time == points[before].Time)
            {
                continue;
            }

            DataValue value = combine(points[before], points[i]);
            before = i;
            if (isNegativeKept || value.AsDouble() >= 0)
            {
                results.Add(points[i] with { Value = value });
            }
        }

        return results;
    }

    private static List<InfluxPoint> CumulativeSum(List<InfluxPoint> points)
    {
        List<InfluxPoint> results = [];
        DataValue sum = default;
        foreach (InfluxPoint point in points)
        {
            sum = sum.IsNull ? point.Value : InfluxOperators.Apply("+", sum, point.Value);
            results.Add(point with { Value = sum });
        }

        return results;
    }

    private static List<InfluxPoint> Elapsed(List<InfluxPoint> points, long unit)
        => [.. points.Skip(1).Select((point, i) => point with { Value = DataValue.From(Math.Abs(point.Time - points[i].Time) / unit) })];

    private static List<InfluxPoint> MovingAverage(List<InfluxPoint> points, int count)
    {
        List<InfluxPoint> results = [];
        double sum = 0;
        for (int i = 0; i < points.Count; i++)
        {
            sum += points[i].Number - (i >= count ? points[i - count].Number : 0);
            if (i >= count - 1)
            {
                results.Add(points[i] with { Value = DataValue.From(sum / count) });
            }
        }

        return results;
    }
}
