namespace ConnectorDb.Polling;

/// <summary>What an item has given.</summary>
/// <param name="T">When: Unix seconds.</param>
public readonly record struct PolledValue(PollItem Item, double T, DataValue Value);
