using System.Globalization;

namespace ConnectorDb.Core.Csv;

/// <summary>The form of the CSV text that is written. <see cref="CsvImport"/> reads the defaults back without options.</summary>
public sealed record CsvWriteOptions
{
    /// <summary>The delimiter; null for a comma, or the list separator of <see cref="Culture"/>.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The decimal mark of numbers, and the names in times; null for the invariant culture.</summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>A format of .NET, <c>unix</c>, <c>unixms</c>, <c>unixus</c> or <c>unixns</c>; null for ISO 8601 with all digits.</summary>
    public string? TimestampFormat { get; init; }

    /// <summary>The zone of the times; null for UTC, or with a format of .NET for the zone of this computer.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>Begins the file with a byte order mark, by which Excel knows UTF-8.</summary>
    public bool HasByteOrderMark { get; init; }
}
