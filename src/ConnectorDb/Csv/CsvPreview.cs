namespace ConnectorDb.Csv;

/// <summary>How a CSV file would be imported: its format, its streams and its first rows.</summary>
public sealed record CsvPreview
{
    /// <summary>The full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The name of the encoding, such as <c>utf-8</c>.</summary>
    public required string Encoding { get; init; }

    public char Delimiter { get; init; }

    public char DecimalMark { get; init; }

    /// <summary>The line of the column names, from 1; null when the file has none.</summary>
    public int? HeaderLine { get; init; }

    /// <summary>The line of the first row of data, from 1.</summary>
    public int FirstLine { get; init; }

    /// <summary>The columns that contain the time.</summary>
    public required string[] TimestampColumn { get; init; }

    /// <summary>The zone of times that name none.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The streams that would get datapoints, in the order of the columns.</summary>
    public required CsvPreviewStream[] Streams { get; init; }

    /// <summary>The datapoints of the first rows, and the problems of these rows.</summary>
    public required CsvPreviewValue[] Values { get; init; }
}
