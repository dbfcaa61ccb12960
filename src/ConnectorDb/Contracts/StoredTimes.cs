using ConnectorDb.Columns;

namespace ConnectorDb.Contracts;

/// <summary>Finds the datapoints of a block that a write has stored.</summary>
internal static class StoredTimes
{
    /// <summary>The times of the stored datapoints, in the order of the block.</summary>
    /// <param name="count">The number of datapoints stored.</param>
    /// <param name="rejected">Those that are not stored. A write that stopped has not stored the ones after it either.</param>
    public static ReadOnlyMemory<double> Of(Block points, long count, IReadOnlyList<RejectedDatapoint> rejected)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(rejected);
        if (rejected.Count == 0)
        {
            return points.Times[..(int)Math.Min(count, points.Count)];
        }

        HashSet<int> skipped = [.. rejected.Select(each => each.Index)];
        double[] stored = new double[Math.Min(count, points.Count)];
        int found = 0;
        for (int i = 0; i < points.Count && found < stored.Length; i++)
        {
            if (!skipped.Contains(i))
            {
                stored[found++] = points.Times.Span[i];
            }
        }

        return stored.AsMemory(0, found);
    }
}
