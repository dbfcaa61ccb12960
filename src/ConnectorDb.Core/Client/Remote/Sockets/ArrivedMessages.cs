using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Core.Client.Remote.Sockets;

/// <summary>What a socket brought and nobody has read yet, up to a bound. Beyond it the oldest go; they can be read by index, if they are kept.</summary>
internal sealed class ArrivedMessages
{
    private const int MostDatapoints = 100_000;
    private const int MostMessages = 10_000;
    private readonly Queue<SocketMessage> _messages = new();
    private readonly object _gate = new();
    private long _datapoints;
    private bool _hasLost;

    /// <summary>Datapoints that went, and are kept nowhere.</summary>
    public long Missed { get; private set; }

    /// <summary>Something went since this was asked last.</summary>
    public bool HasLost
    {
        get
        {
            lock (_gate)
            {
                bool hasLost = _hasLost;
                _hasLost = false;
                return hasLost;
            }
        }
    }

    /// <param name="isPassing">The server does not keep the datapoints.</param>
    public void Add(SocketMessage message, bool isPassing)
    {
        lock (_gate)
        {
            _messages.Enqueue(message);
            _datapoints += message.Data?.Count ?? 0;
            while (_messages.Count > MostMessages || (_datapoints > MostDatapoints && _messages.Count > 1))
            {
                int gone = _messages.Dequeue().Data?.Count ?? 0;
                _datapoints -= gone;
                _hasLost = true;
                Missed += isPassing ? gone : 0;
            }
        }
    }

    /// <summary>The oldest; null when there is none.</summary>
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
