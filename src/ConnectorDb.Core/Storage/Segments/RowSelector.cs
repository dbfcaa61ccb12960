namespace ConnectorDb.Core.Storage.Segments;

/// <summary>Selects datapoints of a segment by their times.</summary>
/// <param name="positions">Receives the positions of the selected datapoints in ascending order; it is as long as the times.</param>
/// <returns>The number of selected datapoints.</returns>
public delegate int RowSelector(SegmentTimes times, Span<int> positions);
