namespace ConnectorDb.Sinks;

/// <summary>Rows of epoch (unix seconds), key and value, under a heading; an object is a row for each of its members.</summary>
public sealed record CsvFileSettings : FileSettings
{
    /// <summary>Begin each file with a UTF-8 byte order mark, by which Excel recognizes the encoding.</summary>
    public bool ByteOrderMark { get; init; }
}
