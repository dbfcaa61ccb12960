namespace ConnectorDb.Core.PipeScript.Evaluation.Values;

/// <summary>The result of a conversion: a value, or the reason why there is none.</summary>
/// <param name="Problem">A sentence without its full stop; null when there is a value.</param>
internal readonly record struct ConversionResult(DataValue Value, string? Problem)
{
    public static implicit operator ConversionResult(DataValue value) => new(value, null);

    public static ConversionResult Failed(string problem) => new(DataValue.Null, problem);

    public static ConversionResult NotText(DataValue value) => Failed($"{ValueText.Short(value)} is no text and cannot become one");

    public static ConversionResult NotNumber(DataValue value) => Failed($"{ValueText.Short(value)} is not a number");

    public static ConversionResult NotObject(DataValue value) => Failed($"{ValueText.Short(value)} is not an object");
}
