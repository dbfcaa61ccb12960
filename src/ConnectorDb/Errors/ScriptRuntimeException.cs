namespace ConnectorDb;

/// <summary>A PipeScript met a value that it cannot work with. The message names the datapoint.</summary>
/// <param name="t">Unix seconds of the datapoint.</param>
public sealed class ScriptRuntimeException(string message, string script, double t) : CdbException(message, script)
{
    public string Script { get; } = script;

    public double T { get; } = t;
}
