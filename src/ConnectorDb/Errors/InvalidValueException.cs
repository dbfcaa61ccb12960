namespace ConnectorDb;

/// <summary>A property, argument, setting or datapoint has a value that it cannot have.</summary>
public sealed class InvalidValueException(string message, object? target) : CdbException(message, target), IDatapointFault
{
    public int? Place { get; init; }

    public string? Reason { get; init; }
}
