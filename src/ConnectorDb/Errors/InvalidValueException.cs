namespace ConnectorDb;

/// <summary>A property, argument, setting or datapoint has an invalid value.</summary>
public sealed class InvalidValueException(string message, object? target) : CdbException(message, target), IDatapointFault
{
    public int? Place { get; init; }

    public string? Reason { get; init; }
}
