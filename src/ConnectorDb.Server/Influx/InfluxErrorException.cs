namespace ConnectorDb.Server.Influx;

/// <summary>An error of a request in the words of InfluxDB, which clients look for.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">The words.</param>
internal sealed class InfluxErrorException(int status, string message) : CdbException(message, null)
{
    public int Status { get; } = status;
}
