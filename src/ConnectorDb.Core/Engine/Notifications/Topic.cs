using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>A stream, or its downlink, that somebody is subscribed to.</summary>
internal sealed class Topic(SequenceKey key, bool isDownlink) : IThreadPoolWorkItem
{
    private volatile Subscription[] _subscriptions = [];
    private volatile int _number = key.Number;
    private long _count = -1;
    private int _isRinging;

    public (long Stream, bool IsDownlink) Id => (key.Stream, isDownlink);

    public bool IsEmpty => _subscriptions.Length == 0;

    /// <summary>The sequence that is written now: another after each time that a downlink is cleared.</summary>
    public SequenceKey Key
    {
        get => key with { Number = _number };
        set => _number = value.Number;
    }

    public RecentLandings Recent { get; } = new();

    public void Add(Subscription subscription) => _subscriptions = [.. _subscriptions, subscription];

    public void Remove(Subscription subscription) => _subscriptions = [.. _subscriptions.Where(other => other != subscription)];

    public void Publish(Landing landing)
    {
        if (landing.Start is { } start)
        {
            Recent.Add(start, landing);
            Interlocked.Exchange(ref _count, start + landing.Points.Count);
            Wake();
            return;
        }

        foreach (Subscription subscription in _subscriptions)
        {
            subscription.Pass(landing);
        }
    }

    /// <summary>Wakes those who wait, unless they know that the sequence is so long.</summary>
    public void Publish(long count)
    {
        if (Interlocked.Exchange(ref _count, count) != count)
        {
            Wake();
        }
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
