namespace ConnectorDb;

/// <summary>A property, argument, setting or datapoint has an invalid value.</summary>
public sealed class InvalidValueException(string message, object? target) : CdbException(message, target), IDatapointFault
{
    public int? Place { get; init; }

    public string? Reason { get; init; }

    CdbException IDatapointFault.At(int place, string message) => new InvalidValueException(message, Target) { Place = place, Reason = Reason };
}
