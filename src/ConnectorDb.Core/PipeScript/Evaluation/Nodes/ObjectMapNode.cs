using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Maps each object to another datapoint.</summary>
internal abstract class ObjectMapNode : Node
{
    protected sealed override Batch Run(Batch input)
    {
        BlockBuilder results = new(input.Block.Count);
        for (int i = 0; i < input.Block.Count; i++)
        {
            DataValue value = input.Block.Values[i];
            Memory.Use(ColumnSize.OfFlat(value));
            EvaluationError? error = value.Kind == DataKind.Object
                ? Add(input.Block.Times.Span[i], value.AsObject().WithoutRepeats(), results)
                : EvaluationError.At(input.Block, i, Problem.NotObject(value, NotObject));
            if (error is not null)
            {
                return input.With(Results(input.Block, results), error);
            }
        }

        return input.With(Results(input.Block, results), error: null);
    }

    /// <summary>The message of ConnectorDB 0.3 for a value that is no object.</summary>
    protected virtual string NotObject => "Must have object-valued datapoint";

    /// <summary>Adds the result for one object, or returns the error.</summary>
    protected abstract EvaluationError? Add(double time, DataObject value, BlockBuilder results);

    private static Block Results(Block objects, BlockBuilder results)
    {
        Block block = results.Build();
        return new Block(block.Times, block.Values, objects.Origins?[..block.Count]);
    }
}
