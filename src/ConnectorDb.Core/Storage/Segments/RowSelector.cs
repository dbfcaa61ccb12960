namespace ConnectorDb.Core.Storage.Segments;

/// <summary>Chooses datapoints of a segment by their times.</summary>
/// <param name="places">As much room as there are times, for the places of the chosen ones in ascending order.</param>
/// <returns>How many were chosen.</returns>
public delegate int RowSelector(SegmentTimes times, Span<int> places);
