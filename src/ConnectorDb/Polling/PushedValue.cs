namespace ConnectorDb.Polling;

/// <summary>A value that a source sent.</summary>
/// <param name="T">Unix seconds.</param>
/// <param name="Source">The name of its source among several of one item, such as a topic; null for the only one.</param>
/// <param name="Suffix">The end of the name of the stream of that source; null for the only one.</param>
public readonly record struct PushedValue(double T, DataValue Value, string? Source = null, string? Suffix = null);
