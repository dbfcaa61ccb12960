using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>A value that is refused for good, and the reason.</summary>
public readonly record struct RefusedValue(PolledValue Value, string Reason);
