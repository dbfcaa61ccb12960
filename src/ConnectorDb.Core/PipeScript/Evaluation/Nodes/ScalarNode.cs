using ConnectorDb.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.PipeScript.Evaluation.Values;

namespace ConnectorDb.Core.PipeScript.Evaluation.Nodes;

/// <summary>Maps each value on its own.</summary>
/// <param name="point">Maps a value.</param>
internal sealed class ScalarNode(Func<DataValue, ConversionResult> point) : ColumnNode
{
    /// <summary>Maps each value as a text.</summary>
    public static ScalarNode OfText(Func<string, DataValue> point)
        => new(value => Conversion.TryText(value, out string text) ? point(text) : Problem.NotText(value));

    /// <summary>Maps each object.</summary>
    /// <param name="notObject">The message of ConnectorDB 0.3 for a value that is no object.</param>
    public static ScalarNode OfObject(Func<DataObject, ConversionResult> point, Func<DataValue, string> notObject)
        => new(value => value.Kind == DataKind.Object ? point(value.AsObject().WithoutRepeats()) : Problem.NotObject(value, notObject(value)));

    protected override Column Map(Block input, ref EvaluationError? error)
    {
        ColumnBuilder results = new(input.Count);
        for (int i = 0; i < input.Count; i++)
        {
            ConversionResult answer = point(input.Values[i]);
            if (answer.Problem is not null)
            {
                error = EvaluationError.At(input, i, answer.Problem);
                break;
            }

            results.Add(answer.Value);
            Memory.Use(ColumnSize.OfFlat(answer.Value));
            Memory.Budget.Step();
        }

        return results.Build();
    }
}
