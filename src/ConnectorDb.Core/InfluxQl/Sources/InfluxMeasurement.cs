namespace ConnectorDb.Core.InfluxQl.Sources;

/// <summary>The series of a measurement, in the order of their tags.</summary>
internal sealed record InfluxMeasurement(string Name, IReadOnlyList<InputSeries> Series);
