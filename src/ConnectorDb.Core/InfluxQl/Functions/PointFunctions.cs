using ConnectorDb.Core.InfluxQl.Evaluation;
using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl.Functions;

/// <summary>The functions that give several points of a window, and the integral.</summary>
internal static class PointFunctions
{
    /// <summary>The different values of a window, in order of their first times.</summary>
    public static IEnumerable<InfluxPoint> Distinct(List<InfluxPoint> points)
        => points.DistinctBy(point => point.Value).OrderBy(point => point.Source).ThenBy(point => point.Value, Comparer<DataValue>.Create(WindowFunctions.Compare));

    /// <summary>The largest or smallest points of a window, in the order of their times.</summary>
    /// <param name="groupOf">Of the points of a group, only the best counts.</param>
    public static IEnumerable<InfluxPoint> Best(List<InfluxPoint> points, bool isTop, int count, Func<InfluxPoint, string>? groupOf)
    {
        Comparer<DataValue> order = Comparer<DataValue>.Create((left, right) => isTop ? WindowFunctions.Compare(right, left) : WindowFunctions.Compare(left, right));
        IEnumerable<InfluxPoint> sorted = points.OrderBy(point => point.Value, order).ThenBy(point => point.Source);
        return (groupOf is null ? sorted : sorted.DistinctBy(groupOf)).Take(count).OrderBy(point => point.Time);
    }

    /// <summary>The area below the line through the points, for each window. It is cut at the ends of the windows.</summary>
    public static List<InfluxPoint> Integral(IEnumerable<InfluxPoint> points, double unit, TimeWindows windows, TimeRange range)
    {
        List<InfluxPoint> results = [];
        InfluxPoint? last = null;
        (long start, long end) = (0L, long.MaxValue);
        double sum = 0;
        foreach (InfluxPoint point in points)
        {
            if (last is not { } before)
            {
                last = point;
                (start, end) = windows.Length > 0 ? windows.Around(point.Time, range) : (start, end);
                continue;
            }

            if (before.Time != point.Time)
            {
                if (point.Time >= end)
                {
                    if (before.Time != end)
                    {
                        double slope = (point.Number - before.Number) / (point.Time - before.Time);
                        double value = before.Number + (slope * (end - before.Time));
                        sum += Area(before, end, value, unit);
                        before = InfluxPoint.Of(end, DataValue.From(value));
                    }

                    results.Add(InfluxPoint.Of(start, DataValue.From(sum)));
                    (start, end) = windows.Around(point.Time, range);
                    sum = 0;
                }

                sum += Area(before, point.Time, point.Number, unit);
            }

            last = point;
        }

        if (last is not null)
        {
            results.Add(InfluxPoint.Of(start, DataValue.From(sum)));
        }

        return results;
    }

    private static double Area(InfluxPoint before, long time, double value, double unit) => 0.5 * (value + before.Number) * ((time - before.Time) / unit);
}
