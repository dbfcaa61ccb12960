namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>The state of a tail up to one of its segments, so that the last one decides when to seal.</summary>
/// <param name="Start">The index at which the tail begins.</param>
/// <param name="Weight">The approximate size in bytes.</param>
public readonly record struct TailState(long Start, long Weight);
