using ConnectorDb.Timestamps;

namespace ConnectorDb.Core.Csv;

/// <summary>The columns of a file by their places: those of the time, of the values, and of the names of streams.</summary>
internal sealed record CsvColumns
{
    private const double MostTimes = 0.5;

    private static readonly HashSet<string> s_times = new(StringComparer.OrdinalIgnoreCase)
    {
        "time", "timestamp", "datetime", "date_time", "date/time", "date time", "date and time", "t", "ts", "epoch", "utc", "zeit", "zeitstempel", "datum/zeit",
        "datum und zeit", "date", "datum", "created_at", "last_changed", "last_updated", "_time",
    };

    private static readonly HashSet<string> s_dates = new(StringComparer.OrdinalIgnoreCase) { "date", "datum", "day", "tag", "fecha", "data" };

    public required IReadOnlyList<int> Time { get; init; }

    public required IReadOnlyList<int> Values { get; init; }

    /// <summary>The column with the names of streams; null when each value column is a stream.</summary>
    public int? Stream { get; init; }

    /// <exception cref="InvalidValueException">A column is missing, or none has times.</exception>
    public static CsvColumns Of(CsvFormat format, CsvImportOptions options, TimestampParser parser, string path)
    {
        IReadOnlyList<int> time = options.TimestampColumns.Count > 0
            ? [.. options.TimestampColumns.Select(name => Find(format, name, path))]
            : FindTime(format, parser, path);
        int? stream = options.StreamColumn is { } given ? Find(format, given, path) : IsLong(format, options) ? 1 : null;
        int[] values = options.ValueColumns.Count > 0
            ? [.. options.ValueColumns.Select(name => Find(format, name, path))]
            : Unused(format, time, stream, path);
        return values.Length == 0
            ? throw new InvalidValueException($"'{path}' has no column with values beside the time. Its columns are {Listed(format)}.", path)
            : stream is not null && values.Length > 1
            ? throw new InvalidValueException($"With a column of streams, one column has the values. Choose it as -ValueColumn. The columns are {Listed(format)}.", options.StreamColumn)
            : new CsvColumns { Time = time, Values = values, Stream = stream };
    }

    public static string Listed(CsvFormat format) => string.Join(", ", format.Names.Select(name => $"'{name}'"));

    /// <summary>The long form of Export-CdbCsv.</summary>
    private static bool IsLong(CsvFormat format, CsvImportOptions options)
        => format.QuotesMarkText && options.Streams.Count == 0
           && format.Names.SequenceEqual([CsvExport.TimeName, CsvExport.StreamName, CsvExport.ValueName]);

    private static int Find(CsvFormat format, string name, string path)
    {
        int[] exact = PlacesOf(format, name, StringComparison.Ordinal);
        int[] found = exact.Length > 0 ? exact : PlacesOf(format, name, StringComparison.OrdinalIgnoreCase);
        return found switch
        {
            [var one] => one,
            [] => throw new InvalidValueException($"'{path}' has no column '{name}'. Its columns are {Listed(format)}.", name),
            _ => throw new InvalidValueException($"'{path}' has {found.Length} columns '{name}': the columns {string.Join(", ", found.Select(place => place + 1))}. {ToName(format)}", name),
        };
    }

    private static int[] PlacesOf(CsvFormat format, string name, StringComparison comparison)
        => [.. Enumerable.Range(0, format.Names.Count).Where(i => format.Names[i].Equals(name, comparison))];

    /// <summary>All columns with names but those of the time and of the streams.</summary>
    /// <exception cref="InvalidValueException">A column has values and no name.</exception>
    private static int[] Unused(CsvFormat format, IReadOnlyList<int> time, int? stream, string path)
    {
        int[] unused = [.. Enumerable.Range(0, format.Names.Count).Where(i => !time.Contains(i) && i != stream)];

        // Programs that write tables number the rows in a first column without a name.
        return unused.FirstOrDefault(i => i > 0 && format.Names[i].Length == 0 && format.Fields(i).Any(field => field.Length > 0), -1) is var unnamed and >= 0
            ? throw new InvalidValueException($"Column {unnamed + 1} of '{path}' has values and no name. Choose the columns to import as -ValueColumn. {ToName(format)}", path)
            : [.. unused.Where(i => format.Names[i].Length > 0)];
    }

    private static string ToName(CsvFormat format)
        => $"To name them, give -Header with {CountText.Of(format.Names.Count, "name")}{(format.HeaderLine is { } line ? $", and -SkipLine {line}" : "")}.";

    private static IReadOnlyList<int> FindTime(CsvFormat format, TimestampParser parser, string path)
    {
        int[] all = [.. Enumerable.Range(0, format.Names.Count)];
        foreach (int date in all.Where(i => s_dates.Contains(format.Names[i])))
        {
            if (all.FirstOrDefault(i => i != date && Share(format, i, CellText.IsClock) > MostTimes, -1) is var clock and >= 0)
            {
                return [date, clock];
            }
        }

        // A column with a common name and no times is the last choice: the message then says why these are no times.
        int[] named = [.. all.Where(i => s_times.Contains(format.Names[i]))];
        int found = named.Concat(all).FirstOrDefault(i => Share(format, i, IsTime) > MostTimes, named.FirstOrDefault(-1));
        return found >= 0 ? [found] : throw new InvalidValueException(
            $"No column of '{path}' has times in its first rows. Name it as -TimestampColumn, and the form of its times as -TimestampFormat. The columns are {Listed(format)}.",
            path);

        bool IsTime(string text) => CellText.IsTime(text) || parser.TryParse(text, out _, out _, out _);
    }

    private static double Share(CsvFormat format, int column, Func<string, bool> matches)
    {
        string[] filled = [.. format.Fields(column).Where(field => field.Length > 0)];
        return filled.Length == 0 ? 0 : (double)filled.Count(matches) / filled.Length;
    }
}
