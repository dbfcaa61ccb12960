namespace ConnectorDb.Csv;

/// <summary>The counts of an import of a CSV file.</summary>
public sealed record CsvImportResult
{
    /// <summary>The full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Rows of data that were read.</summary>
    public long Rows { get; init; }

    /// <summary>Datapoints that were stored, in all streams.</summary>
    public long Stored { get; init; }

    /// <summary>Datapoints that their streams already contained, with the same time and value.</summary>
    public long AlreadyThere { get; init; }

    /// <summary>Fields without a value: empty ones, and those with a text that means a missing value.</summary>
    public long Missing { get; init; }

    /// <summary>Rows of which a value, or all values, were not stored.</summary>
    public long Rejected { get; init; }

    /// <summary>The first rejected rows.</summary>
    public CsvRejectedRow[] FirstRejected { get; init; } = [];

    /// <summary>The file with all rejected rows; null when none was requested or no row was rejected.</summary>
    public string? RejectedPath { get; init; }

    /// <summary>The paths of the streams, in the order of the columns.</summary>
    public string[] Streams { get; init; } = [];
}
