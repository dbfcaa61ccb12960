using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>Each value by itself becomes another one.</summary>
internal sealed class PointNode(Func<DataValue, Answer> point) : ColumnNode
{
    /// <summary>Each value as a text becomes another value.</summary>
    public static PointNode OfText(Func<string, DataValue> point)
        => new(value => Conversion.TryText(value, out string text) ? point(text) : Answer.NotText(value));

    /// <summary>Each object becomes another value.</summary>
    public static PointNode OfObject(Func<DataObject, Answer> point)
        => new(value => value.Kind == DataKind.Object ? point(value.AsObject().WithoutRepeats()) : Answer.NotObject(value));

    protected override Column Map(Block input, ref Fault? fault)
    {
        ColumnBuilder results = new(input.Count);
        for (int i = 0; i < input.Count; i++)
        {
            Answer answer = point(input.Values[i]);
            if (answer.Problem is not null)
            {
                fault = Fault.At(input, i, answer.Problem);
                break;
            }

            results.Add(answer.Value);
        }

        return results.Build();
    }
}
