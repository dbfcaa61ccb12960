using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>Each object by itself becomes another datapoint.</summary>
internal abstract class ObjectsNode : Node
{
    public sealed override Batch Process(Batch input)
    {
        BlockBuilder results = new(input.Block.Count);
        for (int i = 0; i < input.Block.Count; i++)
        {
            DataValue value = input.Block.Values[i];
            Fault? fault = value.Kind == DataKind.Object
                ? Add(input.Block.Times.Span[i], value.AsObject().WithoutRepeats(), results)
                : Fault.At(input.Block, i, Answer.NotObject(value).Problem!);
            if (fault is not null)
            {
                return input.With(Results(input.Block, results), fault);
            }
        }

        return input.With(Results(input.Block, results), fault: null);
    }

    /// <summary>Adds the one result for an object, or says why there is none.</summary>
    protected abstract Fault? Add(double time, DataObject value, BlockBuilder results);

    private static Block Results(Block objects, BlockBuilder results)
    {
        Block block = results.Build();
        return new Block(block.Times, block.Values, objects.Origins?[..block.Count]);
    }
}
