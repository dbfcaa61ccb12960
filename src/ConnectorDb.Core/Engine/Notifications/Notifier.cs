using System.Collections.Concurrent;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>Wakes the subscriptions of an engine after its own appends and after commits of other processes.</summary>
/// <remarks>See docs/design/040-subscriptions.md.</remarks>
internal sealed class Notifier(IStore store)
{
    private readonly ConcurrentDictionary<(long Stream, bool IsDownlink), Topic> _topics = new();
    private readonly Dictionary<long, int> _ofDevices = [];
    private readonly object _gate = new();
    private IDisposable? _watch;
    private long _treeVersion = -1;

    /// <summary>Maximum number of open subscriptions of a device.</summary>
    public int MaxSubscriptions { get; init; } = int.MaxValue;

    /// <summary>Registers a subscription; from the return on, every append to the sequence wakes it.</summary>
    /// <exception cref="InvalidValueException">The device has too many subscriptions.</exception>
    public Topic Enter(Subscription subscription, SequenceKey key, bool isDownlink)
    {
        lock (_gate)
        {
            int open = _ofDevices.GetValueOrDefault(subscription.DeviceId);
            if (open >= MaxSubscriptions)
            {
                throw new InvalidValueException($"The device has {CountText.Of(open, "open subscription")}, which is the maximum (--device-subscription-limit of the server). End some of them.", subscription.Query.Stream);
            }

            _watch ??= store.Watch(Look);
            Topic topic = _topics.GetOrAdd((key.Stream, isDownlink), _ => new Topic(key, isDownlink));
            topic.Add(subscription);
            _ofDevices[subscription.DeviceId] = open + 1;
            return topic;
        }
    }

    public void Leave(Subscription subscription, Topic topic)
    {
        lock (_gate)
        {
            topic.Remove(subscription);
            int left = --_ofDevices[subscription.DeviceId];
            if (left == 0)
            {
                _ofDevices.Remove(subscription.DeviceId);
            }

            if (topic.IsEmpty)
            {
                _topics.TryRemove(topic.Id, out _);
            }

            if (_topics.IsEmpty)
            {
                StopWatching();
            }
        }
    }

    /// <summary>Notifies the subscribers of a committed block.</summary>
    public void Publish(AppendedBlock block)
    {
        if (block.IsInPlace)
        {
            Truncate(block.Key);
        }
        else if (block.Points.Count > 0 && _topics.TryGetValue((block.Target.Stream.Id, block.Target.Path.IsDownlink), out Topic? topic))
        {
            topic.Publish(block);
        }
    }

    /// <summary>Notifies the subscribers of a sequence that its newest datapoints were removed, or put in their places again among late ones.</summary>
    public void Truncate(SequenceKey key)
    {
        if (_topics.TryGetValue((key.Stream, false), out Topic? topic))
        {
            topic.Truncate();
        }
    }

    /// <summary>Wakes all subscriptions; each then finds the state of the store itself.</summary>
    public void WakeAll()
    {
        foreach (Topic topic in _topics.Values)
        {
            topic.Wake();
        }
    }

    public void StopWatching()
    {
        lock (_gate)
        {
            _watch?.Dispose();
            _watch = null;
        }
    }

    /// <summary>Reads the ends of all sequences in one transaction, because most commits of other processes concern few of them.</summary>
    private void Look()
    {
        try
        {
            Topic[] topics = [.. _topics.Values];
            SequenceKey[] keys = [.. topics.Select(topic => topic.Key)];
            (long treeVersion, long[] counts) = store.Read(
                reader => (reader.TreeVersion, keys.Select(key => reader.End(key).Count).ToArray()),
                CancellationToken.None);
            if (treeVersion != _treeVersion)
            {
                _treeVersion = treeVersion;
                Array.ForEach(topics, topic => topic.Forget());
                WakeAll();
                return;
            }

            for (int i = 0; i < topics.Length; i++)
            {
                topics[i].Publish(keys[i], counts[i]);
            }
        }
        catch (StoreException)
        {
            WakeAll();
        }
    }
}
