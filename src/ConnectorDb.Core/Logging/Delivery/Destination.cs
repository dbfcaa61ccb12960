using ConnectorDb.Contracts;
using ConnectorDb.Core.Logging.Storage;

namespace ConnectorDb.Core.Logging.Delivery;

/// <summary>Sends what waits for one destination, batch by batch, and notes in the file what became of it.</summary>
/// <param name="open">Makes the sink, at its first use.</param>
internal sealed class Destination(Outbox outbox, DestinationRow row, Func<ISink> open, TimeProvider time) : IAsyncDisposable
{
    private const int MostItems = 50_000;
    private const long MostBytes = 4 << 20;
    private readonly HashSet<long> _failed = [];
    private ISink? _sink;
    private long _lastChannel;

    public DestinationRow Row => row;

    /// <summary>Sends all that waits now. Channels that fail are left out of the round, the others go on.</summary>
    /// <returns>How many items were taken, how many set aside, and the first fault of a channel.</returns>
    public async Task<(long Sent, long SetAside, Exception? Fault)> SendAsync(CancellationToken cancellation)
    {
        (long sent, long aside, Exception? fault) = (0, 0, null);
        _failed.Clear();
        _sink ??= open();
        while (NextBatch(cancellation) is { Count: > 0 } batch)
        {
            fault ??= await MarkAsync(batch, cancellation).ConfigureAwait(false);
            foreach ((PendingRun run, RunOutcome outcome) in await SendAsync(batch, cancellation).ConfigureAwait(false))
            {
                sent += outcome.Decided - outcome.Refused.Count;
                aside += outcome.Refused.Count;
                if ((outcome.Decided == 0 && run.Run.Count > 0) || outcome.Fault is not null)
                {
                    _failed.Add(run.Channel);
                    fault ??= outcome.Fault;
                }

                if (outcome.Fault is { } error && !IsOfChannel(error))
                {
                    throw error;
                }
            }
        }

        return (sent, aside, fault);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sink is not null)
        {
            await _sink.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Whether it is about one stream, so that others may fare better.</summary>
    private static bool IsOfChannel(Exception error)
        => error is CdbException and not (StoreException or AuthenticationException or SinkException);

    private List<PendingRun> NextBatch(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return outbox.Read(NextBatch, cancellation);
            }
            catch (DamagedEntryException damage)
            {
                outbox.Write(state => state.RemoveDamaged(damage.Channel, damage.Start, damage.Count), cancellation);
            }
        }
    }

    /// <summary>Takes from the channels in turn, so that none keeps the others waiting.</summary>
    private List<PendingRun> NextBatch(OutboxState state)
    {
        List<PendingRun> batch = [];
        int items = 0;
        IReadOnlyList<ChannelRow> channels = state.Channels();
        foreach (ChannelRow channel in channels.Where(channel => channel.Id > _lastChannel).Concat(channels.Where(channel => channel.Id <= _lastChannel)))
        {
            if (items >= MostItems)
            {
                break;
            }

            if (!_failed.Contains(channel.Id) && state.Next(row.Id, channel, MostItems - items, MostBytes) is { } run)
            {
                batch.Add(run);
                items += run.Run.Count;
            }
        }

        _lastChannel = batch.Count > 0 ? batch[^1].Channel : _lastChannel;
        return batch;
    }

    /// <summary>
    /// Has an exact sink mark the runs, and writes that down before anything is sent. A run that cannot be marked is taken out of the
    /// batch.
    /// </summary>
    /// <returns>Why the first of those could not be marked.</returns>
    private async Task<Exception?> MarkAsync(List<PendingRun> batch, CancellationToken cancellation)
    {
        List<PendingRun> unsent = batch.FindAll(run => run.Run is { IsRepeated: false, Count: > 0 });
        if (_sink is not IExactSink exact || unsent.Count == 0)
        {
            return null;
        }

        Exception? fault = null;
        IReadOnlyList<RunMark> marks = await exact.MarkAsync(unsent.ConvertAll(run => run.Run), cancellation).ConfigureAwait(false);
        List<PendingRun> marked = [];
        for (int i = 0; i < marks.Count; i++)
        {
            if (marks[i].Text is { } mark)
            {
                marked.Add(unsent[i] with { Run = unsent[i].Run with { Mark = mark } });
            }
            else
            {
                _failed.Add(unsent[i].Channel);
                fault ??= marks[i].Fault;
            }
        }

        batch.RemoveAll(run => run.Run is { IsRepeated: false, Count: > 0 });
        batch.AddRange(marked);
        outbox.Write(state => marked.ForEach(run => state.TakeOff(row.Id, run, run.Run.Mark!)), cancellation);
        return fault;
    }

    /// <summary>Sends the runs and notes what became of them; what is known is noted even when the round is being cancelled.</summary>
    private async Task<IReadOnlyList<(PendingRun Run, RunOutcome Outcome)>> SendAsync(List<PendingRun> batch, CancellationToken cancellation)
    {
        List<PendingRun> full = batch.FindAll(run => run.Run.Count > 0);
        IReadOnlyList<RunOutcome> outcomes = full.Count == 0 ? [] : await _sink!.WriteAsync(full.ConvertAll(run => run.Run), cancellation).ConfigureAwait(false);
        List<(PendingRun, RunOutcome)> landed = [.. full.Zip(outcomes), .. batch.Except(full).Select(run => (run, RunOutcome.Accepted(run.Run)))];
        double now = UnixTime.FromDateTimeOffset(time.GetUtcNow());
        outbox.Write(state => landed.ForEach(each => state.Land(row.Id, each.Item1, each.Item2, now)), CancellationToken.None);
        return landed;
    }
}
