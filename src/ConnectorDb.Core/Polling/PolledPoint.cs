using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>Values with the same tags that were measured within a second, at most one of each item.</summary>
/// <param name="T">The time of the last value, in unix seconds.</param>
internal sealed record PolledPoint(double T, PolledValue[] Values)
{
    private const double MaxSpan = 1;

    // The values of many seconds come together after the logger could not be written for a while.
    /// <summary>Groups values into points, in the order of their times.</summary>
    public static IEnumerable<PolledPoint> Of(IEnumerable<PolledValue> values)
    {
        Dictionary<string, List<PolledValue>> open = new(StringComparer.Ordinal);
        List<PolledPoint> points = [];
        foreach (PolledValue value in values.OrderBy(value => value.T))
        {
            string tags = TagsOf(value.Item);
            if (!open.TryGetValue(tags, out List<PolledValue>? point))
            {
                open[tags] = point = [];
            }

            if (point.Count > 0 && (value.T - point[0].T > MaxSpan || point.Exists(other => other.Item.Name == value.Item.Name)))
            {
                points.Add(new PolledPoint(point[^1].T, [.. point]));
                point.Clear();
            }

            point.Add(value);
        }

        return points.Concat(open.Values.Select(point => new PolledPoint(point[^1].T, [.. point]))).OrderBy(point => point.T);
    }

    private static string TagsOf(PollItem item)
        => string.Join('\n', item.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => tag.Key + '\r' + tag.Value));
}
