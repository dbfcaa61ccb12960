namespace ConnectorDb.Logging;

/// <summary>The result of a test of a destination.</summary>
/// <param name="Creation">A noun phrase for the file, store or database that the first write will create; null for none.</param>
/// <param name="Error">The reason why the destination cannot be used; null when it can.</param>
public sealed record DestinationTest(string Destination, string? Creation, CdbException? Error);
