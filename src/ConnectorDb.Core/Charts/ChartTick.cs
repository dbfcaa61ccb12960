namespace ConnectorDb.Core.Charts;

/// <summary>A place on an axis with its label.</summary>
/// <param name="Value">A value, or unix seconds.</param>
/// <param name="Label">The text beside it.</param>
public readonly record struct ChartTick(double Value, string Label);
