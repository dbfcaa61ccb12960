namespace ConnectorDb;

/// <summary>A PipeScript cannot process a value. The message contains the time of the datapoint.</summary>
/// <param name="t">Unix seconds of the datapoint.</param>
public sealed class ScriptRuntimeException(string message, string script, double t) : CdbException(message, script)
{
    public string Script { get; } = script;

    public double T { get; } = t;

    /// <summary>The message of ConnectorDB 0.3 for this error; null when it has none.</summary>
    public string? Original { get; init; }
}
