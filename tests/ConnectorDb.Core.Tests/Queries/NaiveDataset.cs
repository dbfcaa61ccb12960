namespace ConnectorDb.Core.Tests.Queries;

/// <summary>Interpolators by their definitions, which search all datapoints for each row.</summary>
internal static class NaiveDataset
{
    /// <param name="after">Where the row's interval begins, exclusive.</param>
    public static DataValue Value(string interpolator, (double T, DataValue Value)[] points, double after, double time)
    {
        (double T, DataValue Value)[] before = points.Where(point => point.T <= time).ToArray();
        (double T, DataValue Value)[] later = points.Where(point => point.T > time).ToArray();
        DataValue[] interval = before.Where(point => point.T > after).Select(point => point.Value).ToArray();
        double[] numbers = interval.Select(Number).ToArray();
        return interpolator switch
        {
            "before" => before.LastOrDefault().Value,
            "after" => later.FirstOrDefault().Value,
            "closest" => Closest(before, later, time),
            "linear" => Linear(before, later, time),
            "count" => DataValue.From((long)interval.Length),
            "sum" => DataValue.From(numbers.Aggregate(0.0, (sum, number) => sum + number)),
            "mean" => numbers.Length == 0 ? default : DataValue.From(numbers.Aggregate(0.0, (sum, number) => sum + number) / numbers.Length),
            "min" => interval.OrderBy(Number).FirstOrDefault(),
            "max" => interval.OrderByDescending(Number).FirstOrDefault(),
            "first" => interval.FirstOrDefault(),
            "last" => interval.LastOrDefault(),
            _ => throw new ArgumentException(interpolator),
        };
    }

    private static double Number(DataValue value) => value.IsNull ? 0 : value.AsDouble();

    private static DataValue Closest((double T, DataValue Value)[] before, (double T, DataValue Value)[] later, double time)
        => before.TakeLast(1).Concat(later.Take(1)).OrderBy(point => Math.Abs(point.T - time)).FirstOrDefault().Value;

    private static DataValue Linear((double T, DataValue Value)[] before, (double T, DataValue Value)[] later, double time)
    {
        if (before.Length == 0)
        {
            return default;
        }

        (double t0, DataValue v0) = before[^1];
        if (t0 == time || later.Length == 0 || v0.IsNull || later[0].Value.IsNull)
        {
            return t0 == time ? v0 : default;
        }

        (double t1, DataValue v1) = later[0];
        return DataValue.From(v0.AsDouble() + ((v1.AsDouble() - v0.AsDouble()) * ((time - t0) / (t1 - t0))));
    }
}
