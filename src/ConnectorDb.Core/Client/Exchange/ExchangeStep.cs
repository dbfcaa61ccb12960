namespace ConnectorDb.Core.Client.Exchange;

/// <summary>How far an export or import has come.</summary>
/// <param name="Path">What it is at.</param>
/// <param name="Points">Datapoints so far, of all streams.</param>
/// <param name="Share">How much of all is done, 0 to 1.</param>
public sealed record ExchangeStep(CdbPath Path, long Points, double Share);
