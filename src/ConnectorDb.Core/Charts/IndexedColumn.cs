namespace ConnectorDb.Core.Charts;

/// <summary>A column with the indices of its datapoints.</summary>
/// <param name="Start">The index of the first datapoint.</param>
/// <param name="End">The index after the last one.</param>
/// <param name="Summary">The column, with its states.</param>
internal readonly record struct IndexedColumn(long Start, long End, StreamSummary Summary);
