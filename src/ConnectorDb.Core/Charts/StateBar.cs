namespace ConnectorDb.Core.Charts;

/// <summary>A time in which a stream had a state, or often changed to it.</summary>
/// <param name="State">The index in <see cref="ChartSeries.States"/>.</param>
/// <param name="FromT">Unix seconds.</param>
/// <param name="ToT">Unix seconds; the same as <paramref name="FromT"/> for a single datapoint at the end.</param>
public readonly record struct StateBar(int State, double FromT, double ToT);
