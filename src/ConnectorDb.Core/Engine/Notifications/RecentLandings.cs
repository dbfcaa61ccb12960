using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>The small batches that a sequence was given last, so that who is only a little behind need not read them from the store.</summary>
internal sealed class RecentLandings
{
    private const int MostKept = 64;
    private const long MostWeight = 64 << 10;
    private readonly Dictionary<long, (Landing Landing, long Weight)> _byStart = [];
    private readonly Queue<long> _order = new();
    private long _weight;

    public void Add(long start, Landing landing)
    {
        long weight = ColumnWeight.Of(landing.Points.Values);
        if (weight > MostWeight)
        {
            return;
        }

        lock (_byStart)
        {
            Remove(start);
            _byStart[start] = (landing, weight);
            _order.Enqueue(start);
            _weight += weight;
            while (_weight > MostWeight || _order.Count > MostKept)
            {
                Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>All that is known from the place of the state on, under the rights that it was found with; null when nothing is.</summary>
    public Block? From(SequenceState state)
    {
        List<Block> found = [];
        lock (_byStart)
        {
            long at = state.Position;
            while (_byStart.TryGetValue(at, out (Landing Landing, long) next) && state.Allows(next.Landing))
            {
                found.Add(next.Landing.Points);
                at += next.Landing.Points.Count;
            }
        }

        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => BlockJoin.Join(found),
        };
    }

    private void Remove(long start)
    {
        if (_byStart.Remove(start, out (Landing, long Weight) removed))
        {
            _weight -= removed.Weight;
        }
    }
}
