using System.Security.Cryptography;
using System.Text;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>
/// Appends the runs of one batch to their streams in one call, each datapoint once. Runs that were perhaps sent before are compared with
/// what their streams hold behind the mark, and only the missing datapoints are sent. The idempotency key covers a request that is still
/// under way: the same datapoints have the same key.
/// </summary>
internal sealed class BatchAppend
{
    private readonly string _id;
    private readonly bool _restamp;
    private readonly List<(SinkRun Run, StreamPart Part, StreamMark Mark)> _parts = [];
    private readonly List<SinkRun> _runs = [];

    private BatchAppend(string id, bool restamp) => (_id, _restamp) = (id, restamp);

    /// <summary>The appends of a batch: most often one. Runs of different earlier batches have different identities.</summary>
    /// <param name="restamp">Datapoints older than the newest in their stream get its time; else they are rejected.</param>
    public static IReadOnlyList<BatchAppend> Of(IReadOnlyList<SinkRun> batch, Func<SinkRun, IReadOnlyList<StreamPart>> parts, bool restamp)
    {
        Dictionary<(string, bool), BatchAppend> appends = [];
        foreach (SinkRun run in batch)
        {
            IReadOnlyDictionary<string, StreamMark> marks = StreamMark.Read(run.Mark!);
            (string Id, bool) key = (marks.Values.Select(mark => mark.Id).FirstOrDefault(""), restamp || run.Restamp);
            if (!appends.TryGetValue(key, out BatchAppend? append))
            {
                appends[key] = append = new BatchAppend(key.Id, key.Item2);
            }

            append._runs.Add(run);
            append._parts.AddRange(parts(run).Select(part => (run, part, marks[part.Name])));
        }

        return [.. appends.Values];
    }

    /// <exception cref="CdbException">Nobody knows what became of the call.</exception>
    public async Task RunAsync(ICdbClient client, Dictionary<SinkRun, RunOutcome> outcomes, CancellationToken cancellation)
    {
        Dictionary<SinkRun, List<Refusal>> rejected = _runs.ToDictionary(run => run, _ => new List<Refusal>(), (IEqualityComparer<SinkRun>)ReferenceEqualityComparer.Instance);
        (SinkRun Run, StreamPart Part, CdbPath Target)[] missing = await MissingAsync(client, outcomes, cancellation).ConfigureAwait(false);
        StreamBlock[] blocks = [.. missing.Select(each => new StreamBlock(each.Target, each.Part.Points))];
        AppendOptions options = new() { Restamp = _restamp, OnInvalid = OnInvalid.RejectInvalid, IdempotencyKey = $"{_id}-{Fingerprint(blocks)}" };
        IReadOnlyList<AppendResult> results = blocks.Length == 0 ? [] : await client.AppendAsync(blocks, options, cancellation).ConfigureAwait(false);
        for (int i = 0; i < results.Count; i++)
        {
            (SinkRun run, StreamPart part, _) = missing[i];
            rejected[run].AddRange(results[i].Rejected.Select(each => RefusalOf(part.Places[each.Index], each)));
            if (results[i].Error is { } error)
            {
                outcomes[run] = RunOutcome.Kept(error);
            }
        }

        foreach (SinkRun run in _runs)
        {
            outcomes.TryAdd(run, new RunOutcome(run.Count, [.. rejected[run].DistinctBy(refusal => refusal.Place).OrderBy(refusal => refusal.Place)]));
        }
    }

    /// <summary>Keeps all runs whose outcome is not known.</summary>
    public void Keep(Dictionary<SinkRun, RunOutcome> outcomes, Exception? fault) => _runs.ForEach(run => outcomes.TryAdd(run, RunOutcome.Kept(fault)));

    private static Refusal RefusalOf(int place, RejectedDatapoint rejected) => rejected.Error is TimeOrderException
        ? new Refusal(place, $"It is older than the newest datapoint of the stream. Resend it restamped to give it that time. {rejected.Reason}", IsOlder: true)
        : new Refusal(place, rejected.Reason);

    private async Task<(SinkRun Run, StreamPart Part, CdbPath Target)[]> MissingAsync(ICdbClient client, Dictionary<SinkRun, RunOutcome> outcomes, CancellationToken cancellation)
    {
        List<(SinkRun Run, StreamPart Part, CdbPath Target)> missing = [];
        CdbPath[] targets = [.. _parts.Select(each => each.Part.TargetFor(client.Identity))];
        CdbPath[] repeated = [.. targets.Where((_, i) => _parts[i].Run.IsRepeated).Distinct()];
        IReadOnlyList<StreamEnd?> ends = repeated.Length == 0 ? [] : await client.GetEndsAsync(repeated, cancellation).ConfigureAwait(false);
        Dictionary<CdbPath, StreamEnd?> known = repeated.Zip(ends).ToDictionary(pair => pair.First, pair => pair.Second);
        for (int i = 0; i < targets.Length; i++)
        {
            (SinkRun run, StreamPart part, StreamMark mark) = _parts[i];
            try
            {
                part = run.IsRepeated ? await MissingAsync(client, part, targets[i], mark, known[targets[i]], cancellation).ConfigureAwait(false) : part;
            }
            catch (CdbException error) when (error is not (StoreException or AuthenticationException))
            {
                outcomes[run] = RunOutcome.Kept(error);
                continue;
            }

            if (part.Points.Count > 0)
            {
                missing.Add((run, part, targets[i]));
            }
        }

        return [.. missing];
    }

    private async Task<StreamPart> MissingAsync(ICdbClient client, StreamPart part, CdbPath target, StreamMark mark, StreamEnd? known, CancellationToken cancellation)
    {
        StreamEnd end = known ?? await StreamEnds.MakeAsync(client, part, target, cancellation).ConfigureAwait(false);
        return end.Count == mark.Count
            ? part
            : part.Without(await StoredAsync(client, part, target, mark, end.Count, cancellation).ConfigureAwait(false));
    }

    /// <summary>The places of the datapoints that the stream holds already, behind the mark, in their order.</summary>
    private async Task<HashSet<int>> StoredAsync(ICdbClient client, StreamPart part, CdbPath target, StreamMark mark, long count, CancellationToken cancellation)
    {
        HashSet<int> stored = [];
        int next = 0;
        long from = count < mark.Count ? 0 : mark.Count;
        await foreach (Block block in client.ReadAsync(new DataQuery(target) { I1 = from, I2 = count }, cancellation).ConfigureAwait(false))
        {
            for (int i = 0; i < block.Count; i++)
            {
                int found = Find(part.Points, next, block.Times.Span[i], block.Values[i]);
                if (found >= 0)
                {
                    stored.Add(part.Places[found]);
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
