namespace ConnectorDb.Core.Influx;

/// <summary>The kinds of the values of a field. Integers and floats mix.</summary>
public enum FieldKind
{
    Number,
    Text,
    Boolean,
}
