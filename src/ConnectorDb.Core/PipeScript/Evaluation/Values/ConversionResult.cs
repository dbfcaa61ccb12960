namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>The result of a conversion: a value, or the reason why there is none.</summary>
/// <param name="Problem">Null when there is a value.</param>
internal readonly record struct ConversionResult(DataValue Value, Problem? Problem)
{
    public static implicit operator ConversionResult(DataValue value) => new(value, null);

    public static implicit operator ConversionResult(Problem problem) => new(DataValue.Null, problem);
}
