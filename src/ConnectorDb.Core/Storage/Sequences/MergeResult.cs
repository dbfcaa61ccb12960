namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>The change of a sequence by a merge.</summary>
/// <param name="Start">The index of the first datapoint that is new or another; the count when nothing is.</param>
/// <param name="Fresh">How many were later than the newest, and are at the end now.</param>
/// <param name="IsInPlace">Datapoints were put before the end, or replaced; otherwise they were only appended.</param>
public readonly record struct MergeResult(long Start, int Fresh, bool IsInPlace);
