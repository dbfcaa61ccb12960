using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.PipeScript;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>Reads a sequence by index, and waits at its end for a signal.</summary>
internal sealed class Subscription : ISubscription
{
    private readonly IStore _store;
    private readonly Notifier _notifier;
    private readonly Login _login;
    private readonly Script? _script;
    private readonly QueryBudget? _budgetOfScript;
    private readonly Func<CancellationToken, QueryBudget> _budget;
    private readonly Topic _topic;
    private readonly EphemeralQueue _ephemeral = new();
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private SequenceState _state;
    private int _readers;
    private int _disposals;

    private Subscription(IStore store, Notifier notifier, Login login, SubscriptionQuery query, Func<CancellationToken, QueryBudget> budget, SequenceState state)
    {
        _store = store;
        _notifier = notifier;
        _login = login;
        _budget = budget;
        if (!string.IsNullOrEmpty(query.Transform))
        {
            _budgetOfScript = budget(CancellationToken.None);
            _script = ReadScript(query.Transform, _budgetOfScript);
        }

        _state = state;
        Query = query;
        _topic = notifier.Enter(this, state.Key, query.Stream.IsDownlink);
    }

    public SubscriptionQuery Query { get; }

    public long DeviceId => _login.DeviceId;

    public long Position => Volatile.Read(ref _state).Position;

    public long Missed => _ephemeral.Dropped;

    /// <param name="store">The store.</param>
    /// <param name="notifier">Wakes the subscription.</param>
    /// <param name="login">The subscriber.</param>
    /// <param name="query">The stream, and where to begin.</param>
    /// <param name="budget">The budget of the transform of one batch.</param>
    /// <param name="cancellation">Ends the opening.</param>
    public static Subscription Open(IStore store, Notifier notifier, Login login, SubscriptionQuery query, Func<CancellationToken, QueryBudget> budget, CancellationToken cancellation)
    {
        SequenceState start = store.Read(
            reader =>
            {
                SequenceKey key = CdbEngine.KeyToRead(reader, login, query.Stream);
                long count = reader.End(key).Count;
                return new SequenceState(reader.TreeVersion, key, Math.Min(query.FromIndex ?? count, count));
            },
            cancellation);
        return new Subscription(store, notifier, login, query, budget, start);
    }

    /// <summary>Signals that there may be something to read.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    /// <summary>Queues datapoints of an ephemeral stream.</summary>
    public void Enqueue(AppendedBlock block)
    {
        _ephemeral.Add(block);
        Wake();
    }

    public async IAsyncEnumerable<Block> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _readers, 1) == 1)
        {
            throw new InvalidOperationException("A subscription has one reader at a time. Open another subscription for another reader.");
        }

        try
        {
            // Registered once, since each wait with a token would be an object of its own.
            using CancellationTokenRegistration cancelled = cancellation.UnsafeRegister(static subscription => ((Subscription)subscription!).Wake(), this);
            bool isMore = true;
            while (Volatile.Read(ref _disposals) == 0 && (isMore || await _wakes.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false)))
            {
                cancellation.ThrowIfCancellationRequested();
                _wakes.Reader.TryRead(out _);
                (Block batch, isMore) = Next(cancellation);
                if (_script is not null && batch.Count > 0)
                {
                    batch = await TransformAsync(_script, batch, cancellation).ConfigureAwait(false);
                }

                if (batch.Count > 0)
                {
                    yield return batch;
                }
            }
        }
        finally
        {
            Volatile.Write(ref _readers, 0);
        }
    }

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Increment(ref _disposals) == 1)
        {
            _notifier.Leave(this, _topic);
            _budgetOfScript?.Dispose();
            _wakes.Writer.TryComplete();
        }

        return ValueTask.CompletedTask;
    }

    private static Script ReadScript(string text, QueryBudget budget)
    {
        try
        {
            return Script.Parse(text, budget: budget);
        }
        catch
        {
            budget.Dispose();
            throw;
        }
    }

    private async ValueTask<Block> TransformAsync(Script script, Block batch, CancellationToken cancellation)
    {
        using QueryBudget budget = _budget(cancellation);
        WorkingMemory results = new(budget);
        return await budget.ComputeAsync(() =>
        {
            List<Block> blocks = [];
            foreach (Block block in script.Run([batch], budget))
            {
                results.Hold(ColumnSize.Of(block.Values, long.MaxValue));
                blocks.Add(block);
            }

            return new ValueTask<Block>(BlockJoin.Join(blocks));
        }).ConfigureAwait(false);
    }

    /// <summary>The next datapoints, empty when there are none, and whether there may be more.</summary>
    private (Block Batch, bool IsMore) Next(CancellationToken cancellation)
    {
        SequenceState state = _state;
        if (_ephemeral.Take() is { } dequeued)
        {
            if (dequeued.Target.TreeVersion != state.TreeVersion)
            {
                Volatile.Write(ref _state, _store.Read(reader => Current(reader, state), cancellation));
            }

            return (dequeued.Points, true);
        }

        if (_topic.Recent.From(state) is { } recent)
        {
            cancellation.ThrowIfCancellationRequested();
            Volatile.Write(ref _state, state.After(recent));
            return (recent, false);
        }

        (SequenceState now, Block batch, bool isMore) = _store.Read(
            reader =>
            {
                SequenceState current = Current(reader, state);
                Block found = reader.Read(current.Key, current.Position, long.MaxValue);
                SequenceState after = current.After(found);
                return (after, found, reader.End(after.Key).Count > after.Position);
            },
            cancellation);
        Volatile.Write(ref _state, now);
        return (batch, isMore);
    }

    /// <summary>Checks the read permission again when the tree has changed, and goes back to where datapoints were removed since.</summary>
    /// <exception cref="NotFoundException">The stream was deleted, or may not be read any more.</exception>
    private SequenceState Current(IStoreReader reader, SequenceState state)
    {
        long version = reader.TreeVersion;
        if (version == state.TreeVersion)
        {
            return state;
        }

        SequenceKey key = CdbEngine.KeyToRead(reader, _login, Query.Stream);
        if (key.Stream != state.Key.Stream)
        {
            throw new NotFoundException($"'{Query.Stream}' was deleted and created again. Subscribe again to read the new stream.", Query.Stream);
        }

        _topic.Key = key;
        return new SequenceState(version, key, key == state.Key ? Math.Min(state.Position, reader.LowestCount(key, state.TreeVersion) ?? reader.End(key).Count) : 0);
    }
}
