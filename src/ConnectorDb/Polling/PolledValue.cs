namespace ConnectorDb.Polling;

/// <summary>A value measured by an item.</summary>
/// <param name="T">When: Unix seconds.</param>
public readonly record struct PolledValue(PollItem Item, double T, DataValue Value);
