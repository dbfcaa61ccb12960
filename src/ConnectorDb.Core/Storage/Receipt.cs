namespace ConnectorDb.Core.Storage;

/// <summary>What is kept of an append that its writer gave an identity, so that it happens once however often it is asked for.</summary>
/// <param name="DeviceId">Who wrote.</param>
/// <param name="Id">The identity; it is the writer's own.</param>
/// <param name="T">Unix seconds of the append.</param>
/// <param name="Count">Datapoints written.</param>
/// <param name="Target">Where to.</param>
public sealed record Receipt(long DeviceId, string Id, double T, long Count, CdbPath Target);
