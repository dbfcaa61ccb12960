using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

/// <summary>
/// The last result of a script that restarts for each row and runs over the datapoints of its interval; null without a result.
/// </summary>
internal sealed class ScriptInterpolator(Script script) : Interpolator
{
    private readonly ScriptExecution _run = script.Start();
    private DatapointReference _last;
    private bool _isFresh = true;

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
        }
    }
}
