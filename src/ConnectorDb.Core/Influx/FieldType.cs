namespace ConnectorDb.Core.Influx;

/// <summary>The types of fields in InfluxDB.</summary>
public enum FieldType
{
    Float,
    Integer,
    String,
    Boolean,
}
