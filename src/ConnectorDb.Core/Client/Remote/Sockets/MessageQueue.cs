using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Core.Client.Remote.Sockets;

/// <summary>The unread messages of a subscription. When they become too many, the oldest are dropped.</summary>
internal sealed class MessageQueue
{
    private const int MaxDatapoints = 100_000;
    private const int MaxMessages = 10_000;
    private readonly Queue<SocketMessage> _messages = new();
    private readonly object _gate = new();
    private long _datapoints;
    private bool _hasDropped;

    /// <summary>Dropped datapoints that the server does not store.</summary>
    public long Dropped { get; private set; }

    /// <summary>True when messages were dropped since the last call.</summary>
    public bool TakeHasDropped()
    {
        lock (_gate)
        {
            bool hasDropped = _hasDropped;
            _hasDropped = false;
            return hasDropped;
        }
    }

    /// <param name="isTransient">The server does not store the datapoints.</param>
    public void Add(SocketMessage message, bool isTransient)
    {
        lock (_gate)
        {
            _messages.Enqueue(message);
            _datapoints += message.Data?.Count ?? 0;
            while (_messages.Count > MaxMessages || (_datapoints > MaxDatapoints && _messages.Count > 1))
            {
                int gone = _messages.Dequeue().Data?.Count ?? 0;
                _datapoints -= gone;
                _hasDropped = true;
                Dropped += isTransient ? gone : 0;
            }
        }
    }

    /// <summary>Removes and returns the oldest message; null when there is none.</summary>
    public SocketMessage? Take()
    {
        lock (_gate)
        {
            if (!_messages.TryDequeue(out SocketMessage? message))
            {
                return null;
            }

            _datapoints -= message.Data?.Count ?? 0;
            return message;
        }
    }
}
