namespace ConnectorDb.Core.Storage;

/// <summary>The record of an append with an idempotency key.</summary>
/// <param name="DeviceId">The device that wrote.</param>
/// <param name="Id">The idempotency key, unique to the device.</param>
/// <param name="T">Unix seconds of the append.</param>
/// <param name="Count">Datapoints stored.</param>
/// <param name="Result">The result as text.</param>
public sealed record Receipt(long DeviceId, string Id, double T, long Count, string Result)
{
    /// <summary>The kind of the append and the hash of its streams, times and values; in receipts of older versions only the hash, or null.</summary>
    public string? Content { get; init; }
}
