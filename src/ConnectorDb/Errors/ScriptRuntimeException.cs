namespace ConnectorDb;

/// <summary>A PipeScript cannot process a value. The message contains the time of the datapoint.</summary>
/// <param name="t">Unix seconds of the datapoint.</param>
public sealed class ScriptRuntimeException(string message, string script, double t) : CdbException(message, script)
{
    public string Script { get; } = script;

    public double T { get; } = t;
}
