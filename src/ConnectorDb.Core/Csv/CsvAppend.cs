using ConnectorDb.Contracts;
using ConnectorDb.Csv;
using ConnectorDb.Timestamps;

namespace ConnectorDb.Core.Csv;

/// <summary>Appends the rows of a file to their streams, except those that the streams already have, and counts them.</summary>
internal sealed class CsvAppend(ICdbClient client, CsvImportOptions options, string path, FieldStyle style) : IAsyncDisposable
{
    private const int FirstRejectedRows = 10;
    private readonly RejectedFile _rejectedFile = new(options.RejectedPath, path, options.AppendRejected);
    private readonly List<CsvRejectedRow> _firstRejected = [];
    private readonly Dictionary<CsvTarget, StoredValues> _stored = [];
    private long _storedCount;
    private long _alreadyThere;
    private long _missing;
    private long _rejected;

    /// <summary>Rows that were appended, were there already, or were rejected.</summary>
    public long Rows { get; private set; }

    /// <summary>The last line of these rows; 0 before the first.</summary>
    public long LastLine { get; private set; }

    /// <exception cref="FileAccessException">The file for rejected rows cannot be written.</exception>
    public void CheckRejectedPath() => _rejectedFile.Check();

    /// <summary>The counts so far.</summary>
    public CsvImportResult ResultOf(IEnumerable<CsvTarget> targets) => new()
    {
        Path = path,
        Rows = Rows,
        Stored = _storedCount,
        AlreadyThere = _alreadyThere,
        Missing = _missing,
        Rejected = _rejected,
        FirstRejected = [.. _firstRejected],
        RejectedPath = _rejectedFile.Path,
        Streams = [.. targets.Select(target => target.Stream.ToString())],
    };

    /// <summary>The values of a chunk that their streams do not have yet.</summary>
    public async Task<List<CsvBatch>> NewAsync(CsvChunk chunk, IEnumerable<CsvTarget> targets, CancellationToken cancellation)
    {
        List<CsvBatch> batches = [];
        foreach (CsvTarget target in targets.Where(target => target.Waiting > 0))
        {
            CsvBatch batch = options.Sort ? target.Take().Sorted() : target.Take();
            batches.Add(batch.Points.Times.Span[0] > target.NewestStored ? batch : await WithoutStoredAsync(chunk, batch, cancellation).ConfigureAwait(false));
        }

        batches.RemoveAll(batch => batch.Points.Count == 0);
        return batches;
    }

    /// <summary>Appends the values of a chunk. It cannot be cancelled, so that the counts are right.</summary>
    public async Task AppendAsync(CsvChunk chunk, IReadOnlyList<CsvBatch> batches)
    {
        AppendOptions append = new() { OnInvalid = OnInvalid.RejectInvalid, AsExported = style.QuotesMarkText };
        foreach (CsvBatch[] group in GroupsOf(batches))
        {
            foreach (CsvBatch batch in group.Where(batch => batch.Target.IsNew && batch.Target.Widen(batch.Points.Values)))
            {
                await client.UpdateStreamAsync(batch.Target.Stream, new StreamDefinition { Schema = batch.Target.Schema }, CancellationToken.None).ConfigureAwait(false);
            }

            IReadOnlyList<AppendResult> results = await client.AppendAsync([.. group.Select(batch => batch.Block)], append, CancellationToken.None).ConfigureAwait(false);
            for (int i = 0; i < results.Count; i++)
            {
                Note(chunk, group[i], results[i]);
            }
        }

        Rows += chunk.Rows;
        LastLine = chunk.Rows > 0 ? chunk.LineOf(chunk.Rows - 1) : LastLine;
        _missing += chunk.Missing;
        foreach (CsvRejectedRow row in chunk.Rejected)
        {
            _rejected++;
            _rejectedFile.Write(row);
            if (_firstRejected.Count < FirstRejectedRows)
            {
                _firstRejected.Add(row);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (StoredValues stored in _stored.Values)
        {
            await stored.DisposeAsync().ConfigureAwait(false);
        }

        _rejectedFile.Dispose();
    }

    private async Task<CsvBatch> WithoutStoredAsync(CsvChunk chunk, CsvBatch batch, CancellationToken cancellation)
    {
        CsvTarget target = batch.Target;
        if (!_stored.TryGetValue(target, out StoredValues? stored))
        {
            _stored[target] = stored = new StoredValues(client, target.Place);
        }

        List<int> fresh = [];
        for (int i = 0; i < batch.Points.Count; i++)
        {
            double t = batch.Points.Times.Span[i];
            if (t > target.NewestStored)
            {
                fresh.Add(i);
            }
            else if (await stored.TakeAsync(t, batch.Points.Values[i], cancellation).ConfigureAwait(false))
            {
                _alreadyThere++;
            }
            else if (t == target.NewestStored)
            {
                fresh.Add(i);
            }
            else
            {
                chunk.Reject(batch.Rows[i], $"{target.Column}: '{target.Stream}' has newer datapoints, up to {IsoText.Of(target.NewestStored)}, and does not have this one.");
            }
        }

        return batch.Pick(fresh);
    }

    /// <summary>One transaction for a chunk; several for all rows of a sorted file.</summary>
    private IEnumerable<CsvBatch[]> GroupsOf(IReadOnlyList<CsvBatch> batches)
        => batches.Count == 0 ? []
            : options.Sort ? batches.SelectMany(batch => batch.Split(CsvRows.MostRows)).Select(part => new[] { part })
            : [[.. batches]];

    private void Note(CsvChunk chunk, CsvBatch batch, AppendResult result)
    {
        if (result.Error is { } error)
        {
            throw error;
        }

        _storedCount += result.Count;
        options.Appended?.Invoke(batch.Target.Stream, StoredTimes.Of(batch.Points, result.Count, result.Rejected));
        foreach (RejectedDatapoint rejected in result.Rejected)
        {
            chunk.Reject(batch.Rows[rejected.Index], $"{batch.Target.Column}: {rejected.Reason}");
        }
    }
}
