namespace ConnectorDb.Core.InfluxQl;

/// <summary>A statement cannot be answered. The message has the words of InfluxDB, and is part of the response.</summary>
public sealed class InfluxQueryException(string message) : CdbException(message, null);
