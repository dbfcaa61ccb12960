using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>A one-to-one node that gives new values at the times of its datapoints, block by block.</summary>
internal abstract class ColumnNode : Node
{
    public sealed override Batch Process(Batch input)
    {
        if (input.Block.Count == 0)
        {
            return input;
        }

        Fault? fault = null;
        Column values = Map(input.Block, ref fault);
        return input.With(input.Block, values, fault);
    }

    /// <summary>The new values: as many as datapoints, or fewer and the fault of the datapoint after them.</summary>
    protected abstract Column Map(Block input, ref Fault? fault);
}
