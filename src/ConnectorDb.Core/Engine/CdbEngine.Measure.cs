using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Queries;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <inheritdoc cref="Contracts.ICdbClient.CountAsync"/>
    public long Count(Login login, CdbPath path, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        return _store.Read(store => store.End(KeyToRead(store, login, path)).Count, cancellation);
    }

    /// <inheritdoc cref="Contracts.ICdbClient.LastAsync"/>
    public Datapoint? Last(Login login, CdbPath path, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        return _store.Read(
            store =>
            {
                SequenceKey key = KeyToRead(store, login, path);
                long count = store.End(key).Count;
                return count == 0 ? null : store.Read(key, count - 1, count).At(0, path);
            },
            cancellation);
    }

    /// <inheritdoc cref="Contracts.ICdbClient.IndexOfTimeAsync"/>
    public long IndexOfTime(Login login, CdbPath path, double t, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        return double.IsNaN(t)
            ? throw new InvalidRangeException($"The time for '{path}' is not a number. Give unix seconds.", path)
            : _store.Read(store => store.IndexOfTime(KeyToRead(store, login, path), t), cancellation);
    }

    /// <inheritdoc cref="Contracts.ICdbClient.SummarizeAsync"/>
    public StreamSummary Summarize(Login login, DataQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryRange.CheckSummary(query);
        SequenceSummary summary = _store.Read(
            store =>
            {
                (SequenceKey key, IndexRange range, _) = Locate(store, login, query);
                return store.Summarize(key, range.From, range.To);
            },
            cancellation);
        return summary.Of(query.Stream);
    }
}
