using System.Globalization;
using System.Text;
using ConnectorDb.Timestamps;

namespace ConnectorDb.Core.Csv;

/// <summary>Settings of an import. Settings that are null are detected in the file.</summary>
public sealed record CsvImportOptions
{
    /// <summary>Texts that mean a missing value where the schema of a stream does not want texts.</summary>
    public static IReadOnlyList<string> DefaultMissingText { get; } =
        [
            "-", "--", "---", "NaN", "NA", "N/A", "#N/A", "null", "none", "unavailable", "unknown",
            "Infinity", "+Infinity", "-Infinity", "\u2212Infinity", "Inf", "+Inf", "-Inf", "\u2212Inf", "\u221E", "+\u221E", "-\u221E", "\u2212\u221E",
        ];

    public char? Delimiter { get; init; }

    public Encoding? Encoding { get; init; }

    /// <summary>The names of the columns of a file without a header; empty when it has one.</summary>
    public IReadOnlyList<string> Header { get; init; } = [];

    /// <summary>Lines before the header, or before the data, that are skipped.</summary>
    public int SkipLines { get; init; }

    /// <summary>The columns of the time: one, or one for the date and one for the time of day.</summary>
    public IReadOnlyList<string> TimestampColumns { get; init; } = [];

    /// <summary>The columns with values; empty for all others than those of the time.</summary>
    public IReadOnlyList<string> ValueColumns { get; init; } = [];

    /// <summary>The streams of the value columns, in their order; empty for streams with the names of the columns.</summary>
    public IReadOnlyList<CdbPath> Streams { get; init; } = [];

    /// <summary>The column with the names of the streams, if a row has one value of any stream.</summary>
    public string? StreamColumn { get; init; }

    public IReadOnlyList<string> MissingText { get; init; } = DefaultMissingText;

    /// <summary>The decimal mark of numbers; null for that which the file shows.</summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>The forms of times.</summary>
    public TimestampOptions Timestamps { get; init; } = new();

    /// <summary>Creates streams that do not exist, with a schema from the first values.</summary>
    public bool CreateStreams { get; init; }

    /// <summary>Sorts the rows by time, in memory.</summary>
    public bool Sort { get; init; }

    /// <summary>Receives the times of the datapoints that were stored, in ascending order.</summary>
    public Action<CdbPath, ReadOnlyMemory<double>>? Appended { get; init; }

    /// <summary>The file for rejected rows; null for none.</summary>
    public string? RejectedPath { get; init; }

    /// <summary>The file for rejected rows has those of other files already, and gets more.</summary>
    public bool AppendRejected { get; init; }
}
