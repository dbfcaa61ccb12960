using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Engine.Notifications;

/// <summary>The latest small blocks of a sequence, so that a subscriber that is only a little behind need not read them from the store.</summary>
internal sealed class RecentBlocks
{
    private const int MostKept = 64;
    private const long MostWeight = 64 << 10;
    private readonly Dictionary<long, (AppendedBlock Block, long Weight)> _byStart = [];
    private readonly Queue<long> _order = new();
    private long _weight;

    public void Add(long start, AppendedBlock block)
    {
        long weight = ColumnWeight.Of(block.Points.Values);
        if (weight > MostWeight)
        {
            return;
        }

        lock (_byStart)
        {
            Remove(start);
            _byStart[start] = (block, weight);
            _order.Enqueue(start);
            _weight += weight;
            while (_weight > MostWeight || _order.Count > MostKept)
            {
                Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>The known datapoints from the position of the state on, as far as its read permission covers them; null when none is known.</summary>
    public Block? From(SequenceState state)
    {
        List<Block> found = [];
        lock (_byStart)
        {
            long at = state.Position;
            while (_byStart.TryGetValue(at, out (AppendedBlock Block, long) next) && state.Allows(next.Block))
            {
                found.Add(next.Block.Points);
                at += next.Block.Points.Count;
            }
        }

        return found.Count == 0 ? null : BlockJoin.Join(found);
    }

    private void Remove(long start)
    {
        if (_byStart.Remove(start, out (AppendedBlock, long Weight) removed))
        {
            _weight -= removed.Weight;
        }
    }
}
