using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Datapoints that wait for others, and the end of their stream.</summary>
internal sealed class BlockQueue
{
    private Block _waiting = Block.Empty;

    public int Count => _waiting.Count;

    /// <summary>The size of the values in bytes.</summary>
    public long Size => ColumnSize.Of(_waiting.Values, long.MaxValue);

    public bool HasEnded { get; private set; }

    public EvaluationError? Error { get; private set; }

    public void Add(Batch batch)
    {
        _waiting = Rows.Concat(_waiting, batch.Block);
        HasEnded |= batch.IsLast;
        Error ??= batch.Error;
    }

    public Block Take(int count)
    {
        Block taken = _waiting.Slice(0, count);
        _waiting = _waiting.Slice(count, _waiting.Count - count);
        return taken;
    }
}
