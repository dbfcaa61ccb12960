namespace ConnectorDb.Core.Storage.Sequences;

/// <summary>What each segment of a tail says of the tail up to itself, so that the last one tells when to seal.</summary>
/// <param name="Start">The index at which the tail begins.</param>
/// <param name="Weight">About how many bytes it has.</param>
public readonly record struct TailState(long Start, long Weight);
