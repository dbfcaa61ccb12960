namespace ConnectorDb.Core.Influx;

/// <summary>A line is not line protocol. The message is the reason in the words of InfluxDB, which clients look for.</summary>
internal sealed class LineFaultException(string message) : Exception(message);
