using ConnectorDb.Core.Influx;

namespace ConnectorDb.Core.InfluxQl.Sources;

/// <summary>A stream that is a field of a series.</summary>
internal sealed record InfluxStream(CdbPath Path, SeriesKey Series, string Field, FieldKind Kind);
