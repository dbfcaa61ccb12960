using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Sinks;

/// <summary>The outcome of one request.</summary>
/// <param name="Rejection">The reason why the destination rejected the request; null for success.</param>
internal readonly record struct SendResult(string? Rejection)
{
    public static SendResult Accepted => default;

    /// <summary>The rejection has taught the sink something, and the entries are to be written and sent again.</summary>
    public bool IsToRewrite { get; init; }
}

/// <summary>
/// Sends the entries of several batches in requests of limited size. A rejected request is halved repeatedly until the rejected entries
/// are isolated.
/// </summary>
/// <param name="maxEntries">The maximum number of entries in a request.</param>
/// <param name="maxBytes">The maximum size of a request with more than one entry.</param>
/// <param name="send">Sends one request.</param>
internal sealed class EntrySender(int maxEntries, int maxBytes, Func<IReadOnlyList<ReadOnlyMemory<byte>>, CancellationToken, Task<SendResult>> send)
{
    // Isolating many rejected entries takes many requests. After this many halvings the rest waits for the next batch.
    private const int MaxSplits = 400;

    private readonly List<(SinkBatch Batch, int Index)> _entries = [];
    private readonly List<ReadOnlyMemory<byte>> _contents = [];
    private readonly List<string?> _rejections = [];
    private Func<SinkBatch, int, (ReadOnlyMemory<byte> Bytes, string? Rejection)>? _write;
    private int _splits;

    /// <param name="write">Returns the content of one entry, or the reason of its rejection. Returns neither for an entry that the sink ignores.</param>
    public async Task<IReadOnlyList<BatchOutcome>> WriteAsync(
        IReadOnlyList<SinkBatch> batches,
        Func<SinkBatch, int, (ReadOnlyMemory<byte> Bytes, string? Rejection)> write,
        CancellationToken cancellation)
    {
        _write = write;
        _entries.AddRange(batches.SelectMany(batch => Enumerable.Range(0, batch.Count).Select(i => (batch, i))));
        _contents.AddRange(new ReadOnlyMemory<byte>[_entries.Count]);
        _rejections.AddRange(new string?[_entries.Count]);
        int done = 0;
        Exception? fault = null;
        try
        {
            Write(0, _entries.Count);
            while (done < _entries.Count && _splits < MaxSplits)
            {
                int count = Take(done);
                done += await SendAsync(done, count, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            fault = error;
        }

        return Outcomes(batches, done, fault);
    }

    private void Write(int start, int count)
    {
        for (int i = start; i < start + count; i++)
        {
            (_contents[i], _rejections[i]) = _write!(_entries[i].Batch, _entries[i].Index);
        }
    }

    private int Take(int start)
    {
        int count = 0;
        long bytes = 0;
        while (start + count < _contents.Count && count < maxEntries && (count == 0 || bytes + _contents[start + count].Length <= maxBytes))
        {
            bytes += _contents[start + count].Length;
            count++;
        }

        return count;
    }

    /// <returns>The number of decided entries from <paramref name="start"/> on.</returns>
    private async Task<int> SendAsync(int start, int count, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte>[] full = [.. Enumerable.Range(start, count).Where(i => _rejections[i] is null && !_contents[i].IsEmpty).Select(i => _contents[i])];
        SendResult result = full.Length == 0 ? SendResult.Accepted : await send(full, cancellation).ConfigureAwait(false);
        if (result.Rejection is null)
        {
            return count;
        }

        if (result.IsToRewrite && _splits < MaxSplits)
        {
            _splits++;
            Write(start, _entries.Count - start);
            return await SendAsync(start, count, cancellation).ConfigureAwait(false);
        }

        if (full.Length == 1)
        {
            int only = Enumerable.Range(start, count).First(i => _rejections[i] is null && !_contents[i].IsEmpty);
            _rejections[only] = result.Rejection;
            return count;
        }

        _splits++;
        int half = count / 2;
        int first = await SendAsync(start, half, cancellation).ConfigureAwait(false);
        return first < half || _splits >= MaxSplits ? first : half + await SendAsync(start + half, count - half, cancellation).ConfigureAwait(false);
    }

    private List<BatchOutcome> Outcomes(IReadOnlyList<SinkBatch> batches, int done, Exception? fault)
    {
        List<BatchOutcome> outcomes = [];
        int start = 0;
        foreach (SinkBatch batch in batches)
        {
            int decided = Math.Clamp(done - start, 0, batch.Count);
            int first = start;
            outcomes.Add(new BatchOutcome(decided, [.. Enumerable.Range(0, decided).Where(i => _rejections[first + i] is not null).Select(i => new RejectedEntry(i, _rejections[first + i]!))])
            {
                LeftOut = Enumerable.Range(first, decided).Count(i => _rejections[i] is null && _contents[i].IsEmpty),
                Fault = decided < batch.Count ? fault : null,
            });
            start += batch.Count;
        }

        return outcomes;
    }
}
