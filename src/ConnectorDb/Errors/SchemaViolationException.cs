namespace ConnectorDb;

/// <summary>A value does not match the schema of its stream.</summary>
/// <param name="index">The index of the datapoint in the append, from 0.</param>
public sealed class SchemaViolationException(string message, object target, int index) : CdbException(message, target), IDatapointFault
{
    /// <summary>The stream; null in a logger, whose channels are not bound to a store.</summary>
    public CdbPath? Stream => Target as CdbPath;

    public int Index { get; } = index;

    public string? Reason { get; init; }

    int? IDatapointFault.Place => Index;

    CdbException IDatapointFault.At(int place, string message) => new SchemaViolationException(message, Target!, place) { Reason = Reason };
}
