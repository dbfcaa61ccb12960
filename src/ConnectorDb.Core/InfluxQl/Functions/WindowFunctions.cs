namespace ConnectorDb.Core.InfluxQl.Functions;

/// <summary>The functions that give one value for the points of a window, which are in order.</summary>
internal static class WindowFunctions
{
    private static readonly Dictionary<string, Func<List<InfluxPoint>, double, InfluxPoint?>> s_functions = new(StringComparer.Ordinal)
    {
        ["count"] = (points, _) => InfluxPoint.Of(0, DataValue.From((long)points.Count)),
        ["mean"] = (points, _) => InfluxPoint.Of(0, DataValue.From(points.Sum(point => point.Number) / points.Count)),
        ["sum"] = (points, _) => InfluxPoint.Of(0, Sum(points)),
        ["median"] = (points, _) => InfluxPoint.Of(0, Median(points)),
        ["mode"] = (points, _) => Mode(points),
        ["spread"] = (points, _) => InfluxPoint.Of(0, Evaluation.InfluxOperators.Apply("-", Max(points).Value, Min(points).Value)),
        ["stddev"] = (points, _) => StandardDeviation(points),
        ["min"] = (points, _) => Min(points),
        ["max"] = (points, _) => Max(points),
        ["first"] = (points, _) => First(points, points[0].Source),
        ["last"] = (points, _) => First(points, points[^1].Source),
        ["percentile"] = Percentile,
    };

    /// <summary>The value of a window; null when it has none.</summary>
    /// <param name="points">The points, of which there is at least one.</param>
    /// <param name="argument">The number after the field.</param>
    public static InfluxPoint? Apply(string function, List<InfluxPoint> points, double argument) => s_functions[function](points, argument);

    public static int Compare(DataValue left, DataValue right) => (left.Kind, right.Kind) switch
    {
        (DataKind.Integer, DataKind.Integer) => left.AsInteger().CompareTo(right.AsInteger()),
        (DataKind.Text, DataKind.Text) => string.CompareOrdinal(left.AsText(), right.AsText()),
        (DataKind.Boolean, DataKind.Boolean) => left.AsBoolean().CompareTo(right.AsBoolean()),
        _ when left.IsNumber && right.IsNumber => left.AsDouble().CompareTo(right.AsDouble()),
        _ => left.Kind.CompareTo(right.Kind),
    };

    private static DataValue Sum(List<InfluxPoint> points)
    {
        if (points.TrueForAll(point => point.Value.Kind == DataKind.Integer))
        {
            long sum = 0;
            points.ForEach(point => sum += point.Value.AsInteger());
            return DataValue.From(sum);
        }

        return DataValue.From(points.Sum(point => point.Number));
    }

    private static DataValue Median(List<InfluxPoint> points)
    {
        double[] sorted = new double[points.Count];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = points[i].Number;
        }

        Array.Sort(sorted);
        int middle = sorted.Length / 2;
        return DataValue.From(sorted.Length % 2 == 1 ? sorted[middle] : sorted[middle - 1] + ((sorted[middle] - sorted[middle - 1]) / 2));
    }

    /// <summary>The value that is there most often; of several, the one that came first more than once, or the smallest.</summary>
    private static InfluxPoint Mode(List<InfluxPoint> points)
    {
        InfluxPoint[] sorted = [.. points.OrderBy(point => point.Value, Comparer<DataValue>.Create(Compare))];
        (int mostCount, int count) = (0, 0);
        (InfluxPoint most, InfluxPoint current) = (sorted[0], sorted[0]);
        foreach (InfluxPoint point in sorted)
        {
            if (Compare(point.Value, current.Value) != 0)
            {
                (count, current) = (1, point);
                continue;
            }

            count++;
            if (mostCount > count || (mostCount == count && current.Source > most.Source))
            {
                continue;
            }

            (mostCount, most) = (count, point);
        }

        return most;
    }

    private static InfluxPoint? StandardDeviation(List<InfluxPoint> points)
    {
        if (points.Count < 2)
        {
            return InfluxPoint.Of(0, DataValue.Null);
        }

        double mean = 0;
        for (int i = 0; i < points.Count; i++)
        {
            mean += (points[i].Number - mean) / (i + 1);
        }

        double squares = points.Sum(point => Math.Pow(point.Number - mean, 2));
        return InfluxPoint.Of(0, DataValue.From(Math.Sqrt(squares / (points.Count - 1))));
    }

    private static InfluxPoint Min(List<InfluxPoint> points) => Best(points, -1);

    private static InfluxPoint Max(List<InfluxPoint> points) => Best(points, 1);

    private static InfluxPoint Best(List<InfluxPoint> points, int sign)
    {
        InfluxPoint best = points[0];
        foreach (InfluxPoint point in points)
        {
            int order = sign * Compare(point.Value, best.Value);
            best = order > 0 || (order == 0 && point.Source < best.Source) ? point : best;
        }

        return best;
    }

    /// <summary>The point at a time; of several, the largest.</summary>
    private static InfluxPoint First(List<InfluxPoint> points, long time) => Best(points.FindAll(point => point.Source == time), 1);

    private static InfluxPoint? Percentile(List<InfluxPoint> points, double percent)
    {
        int index = (int)Math.Floor((points.Count * percent / 100) + 0.5) - 1;
        return index < 0 || index >= points.Count ? null : points.OrderBy(point => point.Value, Comparer<DataValue>.Create(Compare)).ElementAt(index);
    }
}
