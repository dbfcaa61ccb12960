using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>The same value for each datapoint.</summary>
internal sealed class ConstantNode(DataValue value) : Node
{
    public override Batch Process(Batch input)
        => input.With(input.Block, new ConstantColumn(value, input.Block.Count), fault: null);

    public override bool Foresees => true;

    public override Foresight Foresee(Outline input)
    {
        bool isNumber = Conversion.TryNumber(value, out double number) && !double.IsNaN(number);
        return Foresight.Of(new(input.Count, input.FirstT, input.LastT) { Numbers = isNumber ? new(number, number) : null });
    }
}
