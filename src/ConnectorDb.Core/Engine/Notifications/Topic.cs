using ConnectorDb.Columns;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>A stream, or its downlink, that somebody is subscribed to.</summary>
internal sealed class Topic(SequenceKey key, bool isDownlink)
{
    private const int MostShared = 256;
    private const long HeaviestShared = 64 << 10;
    private volatile Subscription[] _subscriptions = [];
    private volatile Landing? _latest;
    private volatile int _number = key.Number;
    private long _count = -1;

    public (long Stream, bool IsDownlink) Id => (key.Stream, isDownlink);

    public bool IsEmpty => _subscriptions.Length == 0;

    /// <summary>The sequence that is written now: another after each time that a downlink is cleared.</summary>
    public SequenceKey Key
    {
        get => key with { Number = _number };
        set => _number = value.Number;
    }

    /// <summary>What was kept last, so that those who wait for just that need not read it from the store; null when it is big.</summary>
    public Landing? Latest => _latest;

    public void Add(Subscription subscription) => _subscriptions = [.. _subscriptions, subscription];

    public void Remove(Subscription subscription) => _subscriptions = [.. _subscriptions.Where(other => other != subscription)];

    public void Publish(Landing landing)
    {
        if (landing.Start is { } start)
        {
            _latest = landing.Points.Count <= MostShared && ColumnWeight.Of(landing.Points.Values) <= HeaviestShared ? landing : null;
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

    public void Wake()
    {
        foreach (Subscription subscription in _subscriptions)
        {
            subscription.Wake();
        }
    }
}
