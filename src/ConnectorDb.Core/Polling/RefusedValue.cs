using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling;

/// <summary>A value that will never be taken, and why.</summary>
public readonly record struct RefusedValue(PolledValue Value, string Reason);
