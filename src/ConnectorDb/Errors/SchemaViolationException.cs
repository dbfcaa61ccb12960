namespace ConnectorDb;

/// <summary>A value does not obey the schema of its stream.</summary>
/// <param name="index">The place of the datapoint in the append, from 0.</param>
public sealed class SchemaViolationException(string message, CdbPath stream, int index) : CdbException(message, stream), IDatapointFault
{
    public CdbPath Stream { get; } = stream;

    public int Index { get; } = index;

    public string? Reason { get; init; }

    int? IDatapointFault.Place => Index;
}
