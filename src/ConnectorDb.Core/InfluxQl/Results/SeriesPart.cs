namespace ConnectorDb.Core.InfluxQl.Results;

/// <summary>Rows of a series that are in one document.</summary>
/// <param name="Series">The series with its name, tags and columns.</param>
/// <param name="Rows">The rows of this part.</param>
/// <param name="IsPartial">More rows follow in the next document.</param>
public sealed record SeriesPart(InfluxSeriesResult Series, IReadOnlyList<DataValue[]> Rows, bool IsPartial);
