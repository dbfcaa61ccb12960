using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Nodes;

namespace ConnectorDb.Core.PipeScript.Evaluation.Bodies;

/// <summary>A body that restarts for each group of datapoints.</summary>
internal sealed class RestartableBody(Plan plan, Activation activation)
{
    private int _starts;
    private Node? _node;

    public void Restart() => _node = null;

    /// <summary>The results for more datapoints of the group.</summary>
    public Batch Process(Block block, bool isLast = false)
        => (_node ??= plan.Start(activation.Of(_starts++))).Process(new Batch(block, isLast));
}
