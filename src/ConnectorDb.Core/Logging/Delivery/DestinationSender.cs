using System.Globalization;
using System.Runtime.CompilerServices;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Logging.Recovery;
using ConnectorDb.Core.Logging.Storage;

namespace ConnectorDb.Core.Logging.Delivery;

/// <summary>Sends the waiting entries of one destination and records the outcome of each batch in the outbox.</summary>
/// <param name="open">Creates the sink at its first use.</param>
internal sealed class DestinationSender(Outbox outbox, DestinationRow row, Func<ISink> open, TimeProvider time) : IAsyncDisposable
{
    private const int MaxEntries = 50_000;
    private const long MaxBytes = 4 << 20;
    private readonly HashSet<long> _failed = [];
    private ISink? _sink;
    private long _lastChannel;
    private volatile StrongBox<DateTimeOffset>? _askedAt;

    public DestinationRow Row => row;

    public SinkLogin? Login => _sink?.Login;

    /// <summary>The number of entries that the last sync sent.</summary>
    public long Sent { get; private set; }

    /// <summary>The number of entries that the last sync set aside.</summary>
    public long SetAside { get; private set; }

    /// <summary>The reason why the first of them was set aside.</summary>
    public string? SetAsideReason { get; private set; }

    /// <summary>The start of the request to the sink that is running or was canceled; null after a response.</summary>
    public DateTimeOffset? AskedAt { get => _askedAt?.Value; set => _askedAt = value is { } at ? new(at) : null; }

    /// <summary>The number of entries that the last sync deleted because their checksum was wrong.</summary>
    public long Damaged { get; private set; }

    /// <summary>Sends all waiting entries. A channel that fails is skipped for the rest of the sync.</summary>
    /// <returns>The first error of a channel.</returns>
    public async Task<Exception?> SendAsync(CancellationToken cancellation)
    {
        (Sent, SetAside, SetAsideReason, Damaged) = (0, 0, null, 0);
        Exception? fault = null;
        _failed.Clear();
        _sink ??= open();
        while (NextBatches(cancellation) is { Count: > 0 } batches)
        {
            outbox.DemandReserve();
            fault ??= await CheckpointAsync(batches, cancellation).ConfigureAwait(false);
            foreach ((PendingBatch pending, BatchOutcome outcome) in await SendAsync(batches, cancellation).ConfigureAwait(false))
            {
                Sent += outcome.Delivered;
                SetAside += outcome.Rejected.Count;
                Trace(pending, outcome);
                SetAsideReason ??= outcome.Rejected.Select(each => each.Reason).FirstOrDefault();
                if ((outcome.Decided == 0 && pending.Batch.Count > 0) || outcome.Fault is not null)
                {
                    _failed.Add(pending.Channel);
                    fault ??= outcome.Fault;
                }

                if (outcome.Fault is { } error && !IsChannelError(error))
                {
                    throw error;
                }
            }
        }

        return fault;
    }

    private void Trace(PendingBatch pending, BatchOutcome outcome)
        => OperationTrace.Current?.Add(string.Create(CultureInfo.InvariantCulture, $"{row.Name}: sent {outcome.Delivered:N0} of {CountText.Of(pending.Batch.Count, "entry", "entries")} of '{pending.Batch.Channel.Name}'")
            + (outcome.Rejected.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $", set {outcome.Rejected.Count:N0} aside") : "")
            + (pending.Batch.IsRetry ? ", which a failed attempt may have sent already" : "")
            + (outcome.Fault is { } fault ? $": {fault.Message}" : "."));

    public async ValueTask DisposeAsync()
    {
        if (_sink is not null)
        {
            await _sink.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Returns true for an error of one channel, such as a missing stream, that does not affect the others.</summary>
    private static bool IsChannelError(Exception error)
        => error is CdbException and not (StoreException or AuthenticationException or SinkException);

    private List<PendingBatch> NextBatches(CancellationToken cancellation)
    {
        (long, long)? last = null;
        while (true)
        {
            try
            {
                return outbox.Read(NextBatches, cancellation);
            }
            catch (DamagedBlockException damage)
            {
                if (outbox.Write(state => state.RemoveDamaged(damage.Channel, damage.Start, damage.Count), cancellation))
                {
                    Damaged += damage.Count;
                }
                else if (last == (damage.Channel, damage.Start))
                {
                    // Its key is damaged, so that it is read but not found. Opening the file recovers the other entries.
                    throw OutboxRecovery.InUse(outbox.Path, damage);
                }

                last = (damage.Channel, damage.Start);
            }
        }
    }

    // Round-robin: the next call begins after the last channel served, so a busy channel cannot starve the others.
    private List<PendingBatch> NextBatches(OutboxState state)
    {
        List<PendingBatch> batches = [];
        int entries = 0;
        IReadOnlyList<ChannelRow> channels = state.Channels();
        foreach (ChannelRow channel in channels.Where(channel => channel.Id > _lastChannel).Concat(channels.Where(channel => channel.Id <= _lastChannel)))
        {
            if (entries >= MaxEntries)
            {
                break;
            }

            if (!_failed.Contains(channel.Id) && state.Next(row.Id, channel, MaxEntries - entries, MaxBytes) is { } pending)
            {
                batches.Add(pending);
                entries += pending.Batch.Count;
            }
        }

        _lastChannel = batches.Count > 0 ? batches[^1].Channel : _lastChannel;
        return batches;
    }

    // A batch may only be sent when its checkpoint is on disk. Otherwise a crash during the request would leave no way to find out
    // which entries the destination has stored.
    /// <summary>Records the checkpoints of an exactly-once sink. Batches without one are removed from the list.</summary>
    /// <returns>The first error.</returns>
    private async Task<Exception?> CheckpointAsync(List<PendingBatch> batches, CancellationToken cancellation)
    {
        List<PendingBatch> unsent = batches.FindAll(pending => pending.Batch is { IsRetry: false, Count: > 0 });
        if (_sink is not IExactlyOnceSink exact || unsent.Count == 0)
        {
            return null;
        }

        Exception? fault = null;
        IReadOnlyList<BatchCheckpoint> checkpoints = await AskAsync(() => exact.CheckpointAsync(unsent.ConvertAll(pending => pending.Batch), cancellation)).ConfigureAwait(false);
        List<PendingBatch> ready = [];
        for (int i = 0; i < checkpoints.Count; i++)
        {
            if (checkpoints[i].Text is { } checkpoint)
            {
                ready.Add(unsent[i] with { Batch = unsent[i].Batch with { Checkpoint = checkpoint } });
            }
            else
            {
                _failed.Add(unsent[i].Channel);
                fault ??= checkpoints[i].Fault;
            }
        }

        batches.RemoveAll(pending => pending.Batch is { IsRetry: false, Count: > 0 });
        batches.AddRange(ready);
        outbox.Record(state => ready.ForEach(pending => state.BeginSend(row.Id, pending, pending.Batch.Checkpoint!)));
        return fault;
    }

    /// <summary>Runs a request to the sink and sets <see cref="AskedAt"/>.</summary>
    private async ValueTask<T> AskAsync<T>(Func<ValueTask<T>> request)
    {
        AskedAt = time.GetUtcNow();
        T response = await request().ConfigureAwait(false);
        AskedAt = null;
        return response;
    }

    /// <summary>Sends the batches and records their outcomes.</summary>
    private async Task<IReadOnlyList<(PendingBatch Pending, BatchOutcome Outcome)>> SendAsync(List<PendingBatch> batches, CancellationToken cancellation)
    {
        List<PendingBatch> full = batches.FindAll(pending => pending.Batch.Count > 0);
        IReadOnlyList<BatchOutcome> outcomes = full.Count == 0 ? [] : await AskAsync(() => _sink!.WriteAsync(full.ConvertAll(pending => pending.Batch), cancellation)).ConfigureAwait(false);
        List<(PendingBatch, BatchOutcome)> completed = [.. full.Zip(outcomes), .. batches.Except(full).Select(pending => (pending, BatchOutcome.Accepted(pending.Batch)))];
        double now = UnixTime.FromDateTimeOffset(time.GetUtcNow());

        // Known outcomes are recorded even when the sync is being cancelled: unrecorded, the entries would be sent again.
        outbox.Record(state => completed.ForEach(each => state.Complete(row.Id, each.Item1, each.Item2, now)));
        return completed;
    }
}
