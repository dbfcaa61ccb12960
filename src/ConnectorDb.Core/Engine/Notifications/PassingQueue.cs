using ConnectorDb.Columns;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>What passed through a stream that keeps nothing, until it is read. When that is too much, the oldest go.</summary>
internal sealed class PassingQueue
{
    private const long MaxWeight = 16 << 20;
    private const int WeightOfTime = 8;
    private readonly Queue<(Landing Landing, long Weight)> _waiting = new();
    private long _weight;
    private long _missed;

    /// <summary>How many datapoints went unread.</summary>
    public long Missed => Interlocked.Read(ref _missed);

    public void Add(Landing landing)
    {
        long weight = ColumnWeight.Of(landing.Points.Values) + ((long)WeightOfTime * landing.Points.Count);
        lock (_waiting)
        {
            _waiting.Enqueue((landing, weight));
            _weight += weight;
            while (_weight > MaxWeight && _waiting.Count > 1)
            {
                Interlocked.Add(ref _missed, Dequeue().Points.Count);
            }
        }
    }

    /// <summary>The oldest; null when there is none.</summary>
    public Landing? Take()
    {
        lock (_waiting)
        {
            return _waiting.Count == 0 ? null : Dequeue();
        }
    }

    private Landing Dequeue()
    {
        (Landing landing, long weight) = _waiting.Dequeue();
        _weight -= weight;
        return landing;
    }
}
