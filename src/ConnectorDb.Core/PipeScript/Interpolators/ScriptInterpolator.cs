using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

/// <summary>
/// The last result of a script that restarts for each row and runs over the datapoints of its interval; null without a result.
/// </summary>
internal sealed class ScriptInterpolator(Script script, QueryBudget budget) : Interpolator
{
    private readonly ScriptExecution _run = script.Start(budget);
    private DatapointReference _last;
    private readonly WorkingMemory _memory = new(budget);
    private bool _isFresh = true;
    private long _held;

    public override void Add(Block points, int start, int count)
    {
        _isFresh = false;
        Keep(_run.Push(points.Slice(start, count)));
    }

    public override void Emit(double time, DatapointReference next, ColumnBuilder values)
    {
        if (!_isFresh)
        {
            Keep(_run.Finish());
        }

        _last.AddTo(values);
        _last = default;
        _isFresh = true;
    }

    private void Keep(IEnumerable<Block> results)
    {
        foreach (Block block in results)
        {
            _last = new DatapointReference(block, block.Count - 1);
            _memory.Replace(ref _held, ColumnSize.Of(block.Values.Slice(block.Count - 1, 1), long.MaxValue));
        }
    }
}
