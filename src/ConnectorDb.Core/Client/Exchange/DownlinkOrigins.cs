using ConnectorDb.Columns;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>Imports a downlink and keeps the origin of each datapoint, if that device exists and may write it.</summary>
internal sealed class DownlinkOrigins(DatapointSource source, Writers writers, CdbPath stream)
{
    private readonly Dictionary<(string From, string? To), long> _changed = [];

    /// <summary>Messages about origins that were not kept, with the number of datapoints.</summary>
    public IEnumerable<string> Notes => _changed.Select(change => change.Key.To is { } to
        ? $"{change.Value} datapoints in the downlink of '{stream}' came from '{change.Key.From}' and now have the origin '{to}', because the former does not exist or may not write to it."
        : $"{change.Value} datapoints in the downlink of '{stream}' from '{change.Key.From}' were not imported, because no device may write them. Import as an administrator to keep them.");

    public async ValueTask AppendAsync(Block points, CancellationToken cancellation)
    {
        for (int start = 0; start < points.Count;)
        {
            string? origin = OriginOf(points, start);
            int end = start + 1;
            while (end < points.Count && OriginOf(points, end) == origin)
            {
                end++;
            }

            Block part = points.Slice(start, end - start);
            CdbPath? asker = await source.StoreAsync(start, () => writers.AskAsync(stream, part, origin, cancellation)).ConfigureAwait(false);
            string? writer = asker?.ToString();
            if (writer != origin)
            {
                (string, string?) change = (origin ?? "nobody", writer);
                _changed[change] = _changed.GetValueOrDefault(change) + end - start;
            }

            start = end;
        }
    }

    private static string? OriginOf(Block points, int index) => points.Origins is { } origins ? origins.Span[index] : null;
}
