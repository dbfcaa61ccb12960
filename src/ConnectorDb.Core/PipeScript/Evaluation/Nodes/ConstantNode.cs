using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Pruning;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>The same value for each datapoint.</summary>
internal sealed class ConstantNode(DataValue value) : Node
{
    protected override Batch Run(Batch input)
        => input.With(input.Block, new ConstantColumn(value, input.Block.Count), error: null);

    public override bool CanPrune => true;

    public override PruningResult TryPrune(SegmentStatistics input)
    {
        bool isNumber = Conversion.TryNumber(value, out double number) && !double.IsNaN(number);
        return PruningResult.Stateless(new(input.Count, input.FirstT, input.LastT) { Numbers = isNumber ? new(number, number) : null });
    }
}
