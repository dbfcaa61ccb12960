using ConnectorDb.Columns;

namespace ConnectorDb.Core.Client.Remote.ConnectorDb03;

/// <summary>Stores the time 0, which the server takes for now, as the smallest number above it, and restores it.</summary>
internal static class ZeroTime
{
    public static Block Hide(Block points) => Replace(points, 0, double.Epsilon);

    public static Block Restore(Block points) => Replace(points, double.Epsilon, 0);

    private static Block Replace(Block points, double from, double to)
    {
        if (!points.Times.Span.Contains(from))
        {
            return points;
        }

        double[] times = points.Times.ToArray();
        times.AsSpan().Replace(from, to);
        return points.With(times);
    }
}
