using System.Security.Cryptography;
using System.Text;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>
/// Appends batches to their streams in one call and stores each datapoint exactly once. For a retry, the datapoints that the streams
/// contain after their checkpoints are left out.
/// </summary>
internal sealed class BatchAppend
{
    private static readonly string[] s_advice = ["Sort the datapoints", "Use -Restamp"];

    // The key protects against a request that the network delivers after it was found missing: the same datapoints have the same key.
    private readonly string _id;
    private readonly bool _restamp;
    private readonly List<(SinkBatch Batch, StreamPart Part, StreamCheckpoint Checkpoint)> _parts = [];
    private readonly List<SinkBatch> _batches = [];
    private readonly List<(SinkBatch Batch, StreamPart Part)> _refused = [];

    private BatchAppend(string id, bool restamp) => (_id, _restamp) = (id, restamp);

    /// <summary>Groups batches by checkpoint: normally one append, more when batches of earlier attempts are among them.</summary>
    /// <param name="parts">The parts of each batch.</param>
    /// <param name="restamp">Datapoints older than the newest of their stream get its time instead of being rejected.</param>
    public static IReadOnlyList<BatchAppend> Of(IReadOnlyList<SinkBatch> batches, IReadOnlyList<StreamPart>[] parts, bool restamp)
    {
        Dictionary<(string, bool), BatchAppend> appends = [];
        foreach ((SinkBatch batch, IReadOnlyList<StreamPart> ofBatch) in batches.Zip(parts))
        {
            IReadOnlyDictionary<string, StreamCheckpoint> checkpoints = StreamCheckpoint.Read(batch.Checkpoint!);
            (string Id, bool) key = (checkpoints.Values.Select(checkpoint => checkpoint.Id).FirstOrDefault(""), restamp || batch.Restamp);
            if (!appends.TryGetValue(key, out BatchAppend? append))
            {
                appends[key] = append = new BatchAppend(key.Id, key.Item2);
            }

            append._batches.Add(batch);
            append._parts.AddRange(ofBatch.Where(part => part.Fault is null).Select(part => (batch, part, checkpoints[part.Name])));
            append._refused.AddRange(ofBatch.Where(part => part.Fault is not null).Select(part => (batch, part)));
        }

        return [.. appends.Values];
    }

    /// <exception cref="CdbException">The outcome of the call is unknown.</exception>
    public async Task RunAsync(ICdbClient client, Dictionary<SinkBatch, BatchOutcome> outcomes, CancellationToken cancellation)
    {
        Dictionary<SinkBatch, List<RejectedEntry>> rejected = _batches.ToDictionary(batch => batch, _ => new List<RejectedEntry>(), (IEqualityComparer<SinkBatch>)ReferenceEqualityComparer.Instance);
        _refused.ForEach(each => rejected[each.Batch].AddRange(each.Part.Indexes.Select(index => new RejectedEntry(index, each.Part.Fault!))));
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

    /// <summary>Keeps all batches without an outcome.</summary>
    public void Keep(Dictionary<SinkBatch, BatchOutcome> outcomes, Exception? fault) => _batches.ForEach(batch => outcomes.TryAdd(batch, BatchOutcome.Kept(fault)));

    private static RejectedEntry Rejection(int index, RejectedDatapoint rejected) => rejected.Error is TimeOrderException
        ? new RejectedEntry(index, $"It is older than the newest datapoint of the stream. {Fact(rejected.Reason)} Sync-CdbLogger -Restamp sends it again with the time of that datapoint.", IsOlder: true)
        : new RejectedEntry(index, rejected.Reason);

    /// <summary>A reason without the advice for appends, whose order and parameters the user of a logger does not choose.</summary>
    private static string Fact(string reason)
    {
        int advice = s_advice.Select(each => reason.IndexOf(each, StringComparison.Ordinal)).Where(at => at > 0).DefaultIfEmpty(reason.Length).Min();
        return reason[..advice].TrimEnd();
    }

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

    // Other writers may have appended in between, so our datapoints are searched in order among all since the checkpoint.
    /// <summary>The indexes of the datapoints that the stream contains after the checkpoint.</summary>
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

    // Restamping can only raise a time, so a restamped datapoint is recognized by a later time and an equal value.
    /// <summary>The index of a stored datapoint in the batch, or -1 for a datapoint of another writer.</summary>
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

    /// <summary>Distinguishes calls with different datapoints of the same batches.</summary>
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
