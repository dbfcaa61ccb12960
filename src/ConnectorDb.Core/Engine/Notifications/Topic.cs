using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>The subscriptions to one stream, or to its downlink.</summary>
internal sealed class Topic(SequenceKey key, bool isDownlink) : IThreadPoolWorkItem
{
    private volatile Subscription[] _subscriptions = [];
    private volatile int _number = key.Number;
    private readonly object _gate = new();
    private (SequenceKey Key, long Count) _told = (key, -1);
    private int _isRinging;

    public (long Stream, bool IsDownlink) Id => (key.Stream, isDownlink);

    public bool IsEmpty => _subscriptions.Length == 0;

    /// <summary>The current sequence; a downlink gets a new one when it is cleared.</summary>
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

    /// <summary>Wakes the subscriptions, unless they were told of a count as high as this one.</summary>
    /// <remarks>A count that was read from the store may be older than the last append of this process.</remarks>
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

    /// <summary>The sequence is shorter now; subscriptions that are further go back to its end.</summary>
    public void Truncate()
    {
        Forget();
        Wake();
    }

    /// <summary>Forgets the highest count, because the sequence can have become shorter.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _told = (key, -1);
        }
    }

    /// <summary>Wakes all subscriptions on the thread pool, so that the writer does not wait for them.</summary>
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
