namespace ConnectorDb.Core.Storage;

/// <summary>Where a sequence ends.</summary>
/// <param name="Count">Datapoints in it.</param>
/// <param name="NewestT">Unix seconds of the last; null when there is none.</param>
public readonly record struct SequenceEnd(long Count, double? NewestT);
