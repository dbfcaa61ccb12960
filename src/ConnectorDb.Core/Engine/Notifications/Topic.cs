using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>A stream, or its downlink, that somebody is subscribed to.</summary>
internal sealed class Topic(SequenceKey key, bool isDownlink) : IThreadPoolWorkItem
{
    private volatile Subscription[] _subscriptions = [];
    private volatile int _number = key.Number;
    private readonly object _gate = new();
    private (SequenceKey Key, long Count) _told = (key, -1);
    private int _isRinging;

    public (long Stream, bool IsDownlink) Id => (key.Stream, isDownlink);

    public bool IsEmpty => _subscriptions.Length == 0;

    /// <summary>The sequence that is written now: another after each time that a downlink is cleared.</summary>
    public SequenceKey Key
    {
        get => key with { Number = _number };
        set => _number = value.Number;
    }

    public RecentBlocks Recent { get; } = new();

    public void Add(Subscription subscription) => _subscriptions = [.. _subscriptions, subscription];

    public void Remove(Subscription subscription) => _subscriptions = [.. _subscriptions.Where(other => other != subscription)];

    public void Publish(AppendedBlock block)
    {
        if (block.Start is { } start)
        {
            Recent.Add(start, block);
            Publish(block.Key, start + block.Points.Count);
            return;
        }

        foreach (Subscription subscription in _subscriptions)
        {
            subscription.Enqueue(block);
        }
    }

    /// <summary>
    /// Wakes those who wait, unless they were told that the sequence is so long, or longer: what the store was found to hold is a
    /// moment old, and the writer may have been here meanwhile.
    /// </summary>
    public void Publish(SequenceKey sequence, long count)
    {
        lock (_gate)
        {
            if (sequence == _told.Key && count <= _told.Count)
            {
                return;
            }

            _told = (sequence, count);
        }

        Wake();
    }

    /// <summary>Wakes all who wait, on a thread of the pool, so that the writer need not go through them all before it is answered.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _isRinging, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Exchange(ref _isRinging, 0);
        foreach (Subscription subscription in _subscriptions)
        {
            subscription.Wake();
        }
    }
}
