namespace ConnectorDb;

/// <summary>A value does not obey the schema of its stream.</summary>
/// <param name="index">The place of the datapoint in the append, from 0.</param>
public sealed class SchemaViolationException(string message, object target, int index) : CdbException(message, target), IDatapointFault
{
    /// <summary>The stream; null when a logger refuses the value before it knows where its streams will lie.</summary>
    public CdbPath? Stream => Target as CdbPath;

    public int Index { get; } = index;

    public string? Reason { get; init; }

    int? IDatapointFault.Place => Index;
}
