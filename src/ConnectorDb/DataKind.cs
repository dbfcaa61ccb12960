namespace ConnectorDb;

/// <summary>The kinds of JSON value, integers of 64 bits apart from other numbers.</summary>
public enum DataKind
{
    Null,
    Boolean,
    Integer,
    Number,
    Text,
    Array,
    Object,
}
