using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>Datapoints that wait for others, and how their stream ended, once it did.</summary>
internal sealed class BlockQueue
{
    private Block _waiting = Block.Empty;

    public int Count => _waiting.Count;

    public bool HasEnded { get; private set; }

    public Fault? Fault { get; private set; }

    public void Add(Batch batch)
    {
        _waiting = Rows.Concat(_waiting, batch.Block);
        HasEnded |= batch.IsLast;
        Fault ??= batch.Fault;
    }

    public Block Take(int count)
    {
        Block taken = _waiting.Slice(0, count);
        _waiting = _waiting.Slice(count, _waiting.Count - count);
        return taken;
    }
}
