using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>The opposite of its operand.</summary>
internal sealed class NotNode(BoundArguments operand, Activation activation) : ArgumentNode(operand, activation)
{
    public static BooleanColumn Opposite(ReadOnlySpan<bool> values)
    {
        bool[] results = new bool[values.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = !values[i];
        }

        return new BooleanColumn(results);
    }

    protected override Batch Apply(Block input, Block[] arguments, Batch end)
    {
        Fault? fault = null;
        Column values = Opposite(Booleans.Read(input, arguments[0].Values, ref fault).Span);
        return end.With(input, values, fault);
    }

    protected override bool ForeseesByBounds => true;

    protected override Foresight Foresee(Outline input, NumberBounds[] arguments)
        => Foresight.Of(new(input.Count, input.FirstT, input.LastT) { Numbers = NumberBounds.Of(areTrue: arguments[0].AreFalse, areFalse: arguments[0].AreTrue) });
}
