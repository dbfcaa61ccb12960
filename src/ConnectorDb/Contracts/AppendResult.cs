namespace ConnectorDb.Contracts;

/// <summary>What became of an append.</summary>
/// <param name="Count">Datapoints written.</param>
/// <param name="Target">Where to: the stream, or its downlink.</param>
public readonly record struct AppendResult(long Count, CdbPath Target);
