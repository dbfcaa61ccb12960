namespace ConnectorDb.Core.PipeScript.Evaluation;

/// <summary>What a value becomes, or why it becomes nothing.</summary>
/// <param name="Problem">A sentence without its full stop; null when there is a value.</param>
internal readonly record struct Answer(DataValue Value, string? Problem)
{
    public static implicit operator Answer(DataValue value) => new(value, null);

    public static Answer Failed(string problem) => new(DataValue.Null, problem);

    public static Answer NotText(DataValue value) => Failed($"{ValueText.Short(value)} is no text and cannot become one");

    public static Answer NotNumber(DataValue value) => Failed($"{ValueText.Short(value)} is not a number");

    public static Answer NotObject(DataValue value) => Failed($"{ValueText.Short(value)} is not an object");
}
