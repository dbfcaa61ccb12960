namespace ConnectorDb.Core.Client.Exchange;

/// <summary>The progress of an export or import.</summary>
/// <param name="Path">The stream in progress.</param>
/// <param name="Points">Number of datapoints so far, of all streams.</param>
/// <param name="Share">The finished share of all work, 0 to 1.</param>
public sealed record ExchangeStep(CdbPath Path, long Points, double Share);
