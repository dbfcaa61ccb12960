using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>A one-to-one node that computes new values at the same times, block by block.</summary>
internal abstract class ColumnNode : Node
{
    protected sealed override Batch Run(Batch input)
    {
        if (input.Block.Count == 0)
        {
            return input;
        }

        EvaluationError? error = null;
        Column values = Map(input.Block, ref error);
        return input.With(input.Block, values, error);
    }

    /// <summary>The new values: as many as datapoints, or fewer and the error of the datapoint after them.</summary>
    protected abstract Column Map(Block input, ref EvaluationError? error);
}
