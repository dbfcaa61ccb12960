using ConnectorDb.Columns;

namespace ConnectorDb.Core.Client.Exchange;

/// <summary>Imports a downlink and keeps the origin of each datapoint, if that device exists and may write it.</summary>
internal sealed class DownlinkOrigins(DatapointSource source, Writers writers, CdbPath stream)
{
    private readonly Dictionary<(string From, string? To), long> _changed = [];

    /// <summary>Messages about origins that were not kept, with the number of datapoints.</summary>
    public IEnumerable<string> Notes => _changed.Select(change => change.Key.To is { } to
        ? $"{CountText.Of(change.Value, "datapoint")} in the downlink of '{stream}' came from '{change.Key.From}' and now {(change.Value == 1 ? "has" : "have")} the origin '{to}', because the former does not exist or may not write to it."
        : $"{CountText.Of(change.Value, "datapoint")} in the downlink of '{stream}' from '{change.Key.From}' {(change.Value == 1 ? "was" : "were")} not imported, because no device may write there. Import as an administrator to keep all.");

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
