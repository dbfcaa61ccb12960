using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>The unary minus: the negative of a number or the opposite of a boolean.</summary>
internal sealed class NegationNode(ArgumentPlans operand, Activation activation) : ArgumentNode(operand, activation)
{
    protected override Batch Apply(Block input, Block[] arguments, Batch end)
    {
        EvaluationError? error = null;
        Column values = arguments[0].Values switch
        {
            NumberColumn or IntegerColumn => Negative(Numbers.Read(input, arguments[0].Values, ref error).Span),
            BooleanColumn booleans => NotNode.Opposite(booleans.Values.Span),
            var mixed => Negative(input, mixed, ref error),
        };
        return end.With(input, values, error);
    }

    private static NumberColumn Negative(ReadOnlySpan<double> numbers)
    {
        double[] results = Buffers.Make<double>(numbers.Length);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = -numbers[i];
        }

        return new NumberColumn(results);
    }

    private static Column Negative(Block input, Column values, ref EvaluationError? error)
    {
        ColumnBuilder results = new(values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            DataValue value = values[i];
            if (value.Kind == DataKind.Boolean)
            {
                results.Add(DataValue.From(!value.AsBoolean()));
            }
            else if (Conversion.TryNumber(value, out double number))
            {
                results.Add(-number);
            }
            else
            {
                error = EvaluationError.At(input, i, Problem.NotNumber(value));
                break;
            }
        }

        return results.Build();
    }
}
