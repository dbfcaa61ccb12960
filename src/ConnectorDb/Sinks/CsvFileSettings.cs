using System.ComponentModel;

namespace ConnectorDb.Sinks;

/// <summary>A CSV file with the columns epoch (unix seconds), key and value. An object is one row for each member.</summary>
[Description("A file that gets rows of epoch, key and value.")]
public sealed record CsvFileSettings : FileSettings
{
    [SinkParameter("ByteOrderMark", Alias = "Bom")]
    [Description("Begin each file with a UTF-8 byte order mark, for Excel.")]
    public bool ByteOrderMark { get; init; }
}
