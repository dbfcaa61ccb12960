namespace ConnectorDb;

/// <summary>A PipeScript has a syntax error. The message shows the script with a marker below the error.</summary>
/// <param name="line">From 1.</param>
/// <param name="column">From 1, in characters.</param>
/// <param name="length">The length of the marked text in characters; at least 1.</param>
public sealed class ScriptSyntaxException(string message, string script, int line, int column, int length)
    : CdbException(message, script)
{
    public string Script { get; } = script;

    public int Line { get; } = line;

    public int Column { get; } = column;

    public int Length { get; } = length;
}
