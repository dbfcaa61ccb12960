namespace ConnectorDb.Contracts;

/// <summary>Where a stream ends.</summary>
/// <param name="Count">How many datapoints the stream, or its downlink, holds.</param>
/// <param name="Last">The newest datapoint; null while there is none.</param>
public sealed record StreamEnd(long Count, Datapoint? Last);
