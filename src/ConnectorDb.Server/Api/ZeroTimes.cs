using ConnectorDb.Columns;

namespace ConnectorDb.Server.Api;

/// <summary>The original server does not tell the time 0 from none: it takes it for now, and leaves it out of its answers.</summary>
internal static class ZeroTimes
{
    /// <summary>The block with no time, NaN, where it had the time 0.</summary>
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
