using ConnectorDb.Columns;

namespace ConnectorDb.Server.Api;

/// <summary>Treats the time 0 like ConnectorDB 0.3: in an insert it means now, and responses omit it.</summary>
internal static class ZeroTimes
{
    /// <summary>Replaces the time 0 by none (NaN).</summary>
    public static Block AsNone(Block points)
    {
        if (!points.Times.Span.Contains(0))
        {
            return points;
        }

        double[] times = points.Times.ToArray();
        times.AsSpan().Replace(0, double.NaN);
        return points.With(times);
    }
}
