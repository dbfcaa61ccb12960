using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Operators;

/// <summary>Concatenates two values as texts; the operator <c>+</c> in a key.</summary>
internal sealed class JoinOperation : BinaryOperation
{
    public override Column Apply(Block input, Column left, Column right, ref EvaluationError? error)
    {
        ColumnBuilder results = new(left.Count);
        for (int i = 0; i < left.Count; i++)
        {
            if (!Conversion.TryText(left[i], out string a) || !Conversion.TryText(right[i], out string b))
            {
                DataValue wrong = Conversion.TryText(left[i], out _) ? right[i] : left[i];
                error = EvaluationError.At(input, i, ConversionResult.NotText(wrong).Problem!);
                break;
            }

            results.Add(DataValue.From(a + b));
        }

        return results.Build();
    }
}
