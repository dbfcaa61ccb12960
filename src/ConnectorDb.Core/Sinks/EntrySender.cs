using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Sinks;

/// <summary>How a destination answers to several items in one request.</summary>
/// <param name="RejectedEntry">Why it will not take all of them; null when it took them.</param>
internal readonly record struct SendResult(string? RejectedEntry)
{
    public static SendResult Accepted => default;
}

/// <summary>
/// Sends the items of several runs in requests of limited size. A request that is refused or too much is halved again
/// and again, until the items that are to blame are known by name.
/// </summary>
/// <param name="mostItems">In one request.</param>
/// <param name="mostBytes">In one request, unless one item alone has more.</param>
/// <param name="send">Sends these items.</param>
internal sealed class EntrySender(int mostItems, int mostBytes, Func<IReadOnlyList<ReadOnlyMemory<byte>>, CancellationToken, Task<SendResult>> send)
{
    /// <summary>So many requests may be spent on finding what is to blame; the rest waits for the next batch.</summary>
    private const int MostSplits = 400;

    private readonly List<ReadOnlyMemory<byte>> _items = [];
    private readonly List<string?> _refusals = [];
    private int _splits;

    /// <param name="write">Makes the bytes of one item of a run; or says why it cannot be sent. Neither for what passes the destination by.</param>
    public async Task<IReadOnlyList<BatchOutcome>> WriteAsync(
        IReadOnlyList<SinkBatch> batches,
        Func<SinkBatch, int, (ReadOnlyMemory<byte> Bytes, string? RejectedEntry)> write,
        CancellationToken cancellation)
    {
        foreach (SinkBatch batch in batches)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                (ReadOnlyMemory<byte> bytes, string? refusal) = write(batch, i);
                _items.Add(bytes);
                _refusals.Add(refusal);
            }
        }

        int done = 0;
        Exception? fault = null;
        try
        {
            while (done < _items.Count && _splits < MostSplits)
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

    private int Take(int start)
    {
        int count = 0;
        long bytes = 0;
        while (start + count < _items.Count && count < mostItems && (count == 0 || bytes + _items[start + count].Length <= mostBytes))
        {
            bytes += _items[start + count].Length;
            count++;
        }

        return count;
    }

    /// <returns>How many of the items from <paramref name="start"/> on are decided.</returns>
    private async Task<int> SendAsync(int start, int count, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte>[] full = [.. Enumerable.Range(start, count).Where(i => _refusals[i] is null && !_items[i].IsEmpty).Select(i => _items[i])];
        SendResult answer = full.Length == 0 ? SendResult.Accepted : await send(full, cancellation).ConfigureAwait(false);
        if (answer.RejectedEntry is null)
        {
            return count;
        }

        if (full.Length == 1)
        {
            int only = Enumerable.Range(start, count).First(i => _refusals[i] is null && !_items[i].IsEmpty);
            _refusals[only] = answer.RejectedEntry;
            return count;
        }

        _splits++;
        int half = count / 2;
        int first = await SendAsync(start, half, cancellation).ConfigureAwait(false);
        return first < half || _splits >= MostSplits ? first : half + await SendAsync(start + half, count - half, cancellation).ConfigureAwait(false);
    }

    private List<BatchOutcome> Outcomes(IReadOnlyList<SinkBatch> batches, int done, Exception? fault)
    {
        List<BatchOutcome> outcomes = [];
        int start = 0;
        foreach (SinkBatch batch in batches)
        {
            int decided = Math.Clamp(done - start, 0, batch.Count);
            int first = start;
            outcomes.Add(new BatchOutcome(decided, [.. Enumerable.Range(0, decided).Where(i => _refusals[first + i] is not null).Select(i => new RejectedEntry(i, _refusals[first + i]!))])
            {
                Fault = decided < batch.Count ? fault : null,
            });
            start += batch.Count;
        }

        return outcomes;
    }
}
