namespace ConnectorDb.Core.Csv;

/// <summary>The format of a CSV file.</summary>
internal sealed record CsvFormat
{
    public required char Delimiter { get; init; }

    /// <summary>The names of the columns.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The line of the names, from 1; null without one.</summary>
    public int? HeaderLine { get; init; }

    /// <summary>The line of the units, or of the names; 0 without them.</summary>
    public int LastNameLine { get; init; }

    /// <summary>The line of the first row of data, from 1.</summary>
    public required int FirstLine { get; init; }

    /// <summary>The first rows of data.</summary>
    public required IReadOnlyList<SampleRow> Rows { get; init; }

    /// <summary>All names are quoted and the times are not, as Export-CdbCsv writes them: only texts, arrays and objects are quoted.</summary>
    public required bool QuotesMarkText { get; init; }

    /// <summary>The content of the fields of a column in the first rows.</summary>
    public IEnumerable<string> Fields(int column) => Rows.Select(row => row[column].Trim());
}
