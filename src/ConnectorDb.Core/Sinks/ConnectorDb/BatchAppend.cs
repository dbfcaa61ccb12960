using System.Security.Cryptography;
using System.Text;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>
/// Appends the runs of one batch to their streams in one call, each datapoint once. Runs that were perhaps sent before are compared with
/// what their streams hold behind the checkpoint, and only the missing datapoints are sent. The idempotency key covers a request that is still
/// under way: the same datapoints have the same key.
/// </summary>
internal sealed class BatchAppend
{
    private readonly string _id;
    private readonly bool _restamp;
    private readonly List<(SinkBatch Batch, StreamPart Part, StreamCheckpoint Checkpoint)> _parts = [];
    private readonly List<SinkBatch> _batches = [];

    private BatchAppend(string id, bool restamp) => (_id, _restamp) = (id, restamp);

    /// <summary>The appends of a batch: most often one. Runs of different earlier batches have different identities.</summary>
    /// <param name="restamp">Datapoints older than the newest in their stream get its time; else they are rejected.</param>
    public static IReadOnlyList<BatchAppend> Of(IReadOnlyList<SinkBatch> batches, Func<SinkBatch, IReadOnlyList<StreamPart>> parts, bool restamp)
    {
        Dictionary<(string, bool), BatchAppend> appends = [];
        foreach (SinkBatch batch in batches)
        {
            IReadOnlyDictionary<string, StreamCheckpoint> checkpoints = StreamCheckpoint.Read(batch.Checkpoint!);
            (string Id, bool) key = (checkpoints.Values.Select(checkpoint => checkpoint.Id).FirstOrDefault(""), restamp || batch.Restamp);
            if (!appends.TryGetValue(key, out BatchAppend? append))
            {
                appends[key] = append = new BatchAppend(key.Id, key.Item2);
            }

            append._batches.Add(batch);
            append._parts.AddRange(parts(batch).Select(part => (batch, part, checkpoints[part.Name])));
        }

        return [.. appends.Values];
    }

    /// <exception cref="CdbException">Nobody knows what became of the call.</exception>
    public async Task RunAsync(ICdbClient client, Dictionary<SinkBatch, BatchOutcome> outcomes, CancellationToken cancellation)
    {
        Dictionary<SinkBatch, List<RejectedEntry>> rejected = _batches.ToDictionary(batch => batch, _ => new List<RejectedEntry>(), (IEqualityComparer<SinkBatch>)ReferenceEqualityComparer.Instance);
        (SinkBatch Batch, StreamPart Part, CdbPath Target)[] missing = await MissingAsync(client, outcomes, cancellation).ConfigureAwait(false);
        StreamBlock[] blocks = [.. missing.Select(each => new StreamBlock(each.Target, each.Part.Points))];
        AppendOptions options = new() { Restamp = _restamp, OnInvalid = OnInvalid.RejectInvalid, IdempotencyKey = $"{_id}-{Fingerprint(blocks)}" };
        IReadOnlyList<AppendResult> results = blocks.Length == 0 ? [] : await client.AppendAsync(blocks, options, cancellation).ConfigureAwait(false);
        for (int i = 0; i < results.Count; i++)
        {
            (SinkBatch batch, StreamPart part, _) = missing[i];
            rejected[batch].AddRange(results[i].Rejected.Select(each => Rejection(part.Indexes[each.Index], each)));
            if (results[i].Error is { } error)
            {
                outcomes[batch] = BatchOutcome.Kept(error);
            }
        }

        foreach (SinkBatch batch in _batches)
        {
            outcomes.TryAdd(batch, new BatchOutcome(batch.Count, [.. rejected[batch].DistinctBy(rejected => rejected.Index).OrderBy(rejected => rejected.Index)]));
        }
    }

    /// <summary>Keeps all runs whose outcome is not known.</summary>
    public void Keep(Dictionary<SinkBatch, BatchOutcome> outcomes, Exception? fault) => _batches.ForEach(batch => outcomes.TryAdd(batch, BatchOutcome.Kept(fault)));

    private static RejectedEntry Rejection(int index, RejectedDatapoint rejected) => rejected.Error is TimeOrderException
        ? new RejectedEntry(index, $"It is older than the newest datapoint of the stream. Resend it restamped to give it that time. {rejected.Reason}", IsOlder: true)
        : new RejectedEntry(index, rejected.Reason);

    private async Task<(SinkBatch Batch, StreamPart Part, CdbPath Target)[]> MissingAsync(ICdbClient client, Dictionary<SinkBatch, BatchOutcome> outcomes, CancellationToken cancellation)
    {
        List<(SinkBatch Batch, StreamPart Part, CdbPath Target)> missing = [];
        CdbPath[] targets = [.. _parts.Select(each => each.Part.TargetFor(client.Identity))];
        CdbPath[] repeated = [.. targets.Where((_, i) => _parts[i].Batch.IsRetry).Distinct()];
        IReadOnlyList<StreamEnd?> ends = repeated.Length == 0 ? [] : await client.GetEndsAsync(repeated, cancellation).ConfigureAwait(false);
        Dictionary<CdbPath, StreamEnd?> known = repeated.Zip(ends).ToDictionary(pair => pair.First, pair => pair.Second);
        for (int i = 0; i < targets.Length; i++)
        {
            (SinkBatch batch, StreamPart part, StreamCheckpoint checkpoint) = _parts[i];
            try
            {
                part = batch.IsRetry ? await MissingAsync(client, part, targets[i], checkpoint, known[targets[i]], cancellation).ConfigureAwait(false) : part;
            }
            catch (CdbException error) when (error is not (StoreException or AuthenticationException))
            {
                outcomes[batch] = BatchOutcome.Kept(error);
                continue;
            }

            if (part.Points.Count > 0)
            {
                missing.Add((batch, part, targets[i]));
            }
        }

        return [.. missing];
    }

    private async Task<StreamPart> MissingAsync(ICdbClient client, StreamPart part, CdbPath target, StreamCheckpoint checkpoint, StreamEnd? known, CancellationToken cancellation)
    {
        StreamEnd end = known ?? await StreamEnds.MakeAsync(client, part, target, cancellation).ConfigureAwait(false);
        return end.Count == checkpoint.Count
            ? part
            : part.Without(await StoredAsync(client, part, target, checkpoint, end.Count, cancellation).ConfigureAwait(false));
    }

    /// <summary>The indexes of the datapoints that the stream holds already, behind the checkpoint, in their order.</summary>
    private async Task<HashSet<int>> StoredAsync(ICdbClient client, StreamPart part, CdbPath target, StreamCheckpoint checkpoint, long count, CancellationToken cancellation)
    {
        HashSet<int> stored = [];
        int next = 0;
        long from = count < checkpoint.Count ? 0 : checkpoint.Count;
        await foreach (Block block in client.ReadAsync(new DataQuery(target) { I1 = from, I2 = count }, cancellation).ConfigureAwait(false))
        {
            for (int i = 0; i < block.Count; i++)
            {
                int found = Find(part.Points, next, block.Times.Span[i], block.Values[i]);
                if (found >= 0)
                {
                    stored.Add(part.Indexes[found]);
                    next = found + 1;
                }
            }
        }

        return stored;
    }

    /// <summary>The index of this datapoint, which is most often the next one; -1 when it is another writer's. Restamping raises times.</summary>
    private int Find(Block sent, int next, double t, DataValue value)
    {
        ReadOnlySpan<double> times = sent.Times.Span;
        for (int i = next; i < times.Length; i++)
        {
            if ((_restamp ? times[i] <= t : times[i] == t) && sent.Values[i] == value)
            {
                return i;
            }

            if (!_restamp && times[i] > t)
            {
                break;
            }
        }

        return -1;
    }

    /// <summary>Tells the datapoints of one call from those of another of the same batch.</summary>
    private static string Fingerprint(StreamBlock[] blocks)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (StreamBlock block in blocks)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(block.Stream.ToString()));
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(block.Points.Times.Span));
        }

        return Convert.ToHexString(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
