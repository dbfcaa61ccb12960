using ConnectorDb.Columns;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>The datapoints of an ephemeral stream until a subscriber reads them. When they become too many, the oldest are dropped.</summary>
internal sealed class EphemeralQueue
{
    private const long MaxWeight = 16 << 20;
    private const int WeightOfTime = 8;
    private readonly Queue<(AppendedBlock Block, long Weight)> _waiting = new();
    private long _weight;
    private long _dropped;

    /// <summary>How many datapoints were dropped unread.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Add(AppendedBlock block)
    {
        long weight = ColumnWeight.Of(block.Points.Values) + ((long)WeightOfTime * block.Points.Count);
        lock (_waiting)
        {
            _waiting.Enqueue((block, weight));
            _weight += weight;
            while (_weight > MaxWeight && _waiting.Count > 1)
            {
                Interlocked.Add(ref _dropped, Dequeue().Points.Count);
            }
        }
    }

    /// <summary>Takes the oldest block; null when there is none.</summary>
    public AppendedBlock? Take()
    {
        lock (_waiting)
        {
            return _waiting.Count == 0 ? null : Dequeue();
        }
    }

    private AppendedBlock Dequeue()
    {
        (AppendedBlock block, long weight) = _waiting.Dequeue();
        _weight -= weight;
        return block;
    }
}
