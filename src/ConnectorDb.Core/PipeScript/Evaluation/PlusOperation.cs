using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>The sum of two numbers; two texts that are not both numbers are put together.</summary>
internal sealed class PlusOperation : BinaryOperation
{
    private readonly ArithmeticOperation<Addition> _sum = new();

    public override Column Apply(Block input, Column left, Column right, ref Fault? fault)
    {
        if (Numbers.AreCertain(left) && Numbers.AreCertain(right))
        {
            return _sum.Apply(input, left, right, ref fault);
        }

        ColumnBuilder results = new(left.Count);
        for (int i = 0; i < left.Count; i++)
        {
            DataValue a = left[i];
            DataValue b = right[i];
            if (Conversion.TryNumber(a, out double x) && Conversion.TryNumber(b, out double y))
            {
                results.Add(x + y);
            }
            else if (a.Kind == DataKind.Text && b.Kind == DataKind.Text)
            {
                results.Add(DataValue.From(a.AsText() + b.AsText()));
            }
            else
            {
                fault = Fault.At(input, i, $"{ValueText.Short(a)} and {ValueText.Short(b)} cannot be added: they are neither two numbers nor two texts");
                break;
            }
        }

        return results.Build();
    }
}
