namespace ConnectorDb.Core.Csv;

/// <summary>Finds the format of a CSV file in its first rows: delimiter, header, comments, and rows before the data.</summary>
internal static class FormatDetection
{
    private const string SeparatorLine = "sep=";
    private const double Equal = 0.001;
    private const double CostOfPreamble = 0.05;

    /// <summary>The first of equally good ones counts: a comma may be a decimal mark.</summary>
    private static readonly char[] s_delimiters = ['\t', ';', '|', ','];

    /// <exception cref="InvalidValueException">The file has one column only, or no data.</exception>
    public static CsvFormat Of(CsvSource source, CsvImportOptions options)
    {
        (char? named, int skipped) = SeparatorOf(source, options);
        if ((options.Delimiter ?? named) is { } wanted)
        {
            CsvDelimiter.Check(wanted);
        }

        (char delimiter, IReadOnlyList<SampleRow> rows) = (options.Delimiter ?? named) is { } given
            ? (given, SampleRow.Read(source, given, skipped))
            : Delimiter(source, skipped);
        SampleRow[] filled = [.. rows.Where(row => !row.IsEmpty && !row.IsBroken)];
        SampleRow[] plain = [.. filled.Where(row => !row.IsComment)];
        if (plain.Length == 0)
        {
            throw new InvalidValueException(
                $"'{source.Path}' has no rows{(skipped > 0 ? $" after its first {CountText.Of(skipped, "line")}" : "")}: {(filled.Length > 0 ? "there are comments only" : "it is empty")}. Give a file with a row for each time{(options.SkipLines > 0 ? ", or a smaller -SkipLine" : "")}.",
                source.Path);
        }

        int width = WidthOf(plain);
        width = HasEmptyEnd(plain, width) ? width - 1 : width;
        if (width < 2)
        {
            throw new InvalidValueException(
                $"'{source.Path}' has one column only, and a time and a value are needed. If its columns are separated by something else than a tab, ';', '|' or ',', give -Delimiter.",
                source.Path);
        }

        SampleRow[] table = [.. plain.SkipWhile(row => row.Fields.Count != width)];
        CsvFormat format = options.Header.Count > 0
            ? WithGivenNames(source, options.Header, width, delimiter, table)
            : WithHeader(source, width, delimiter, table, filled, plain[0]);

        // Rows with a quote without an end show nothing of the format, and are rejected with the data.
        return rows.FirstOrDefault(row => row.IsBroken && row.Fields.Count == width && row.Line > format.LastNameLine && row.Line < format.FirstLine) is { } broken
            ? format with { FirstLine = broken.Line }
            : format;
    }

    /// <summary>Reads the line with the delimiter that Excel writes and reads.</summary>
    private static (char? Delimiter, int SkippedLines) SeparatorOf(CsvSource source, CsvImportOptions options)
    {
        ReadOnlySpan<char> first = source.Sample.AsSpan();
        int end = first.IndexOfAny('\r', '\n');
        first = (end < 0 ? first : first[..end]).Trim().Trim('"');
        return options.SkipLines == 0 && first.StartsWith(SeparatorLine, StringComparison.OrdinalIgnoreCase) && first.Length == SeparatorLine.Length + 1
            ? (first[^1], 1)
            : (null, options.SkipLines);
    }

    private static (char Delimiter, IReadOnlyList<SampleRow> Rows) Delimiter(CsvSource source, int skipped)
    {
        (char Delimiter, IReadOnlyList<SampleRow> Rows) best = (',', []);
        double bestScore = -1;
        foreach (char delimiter in s_delimiters)
        {
            IReadOnlyList<SampleRow> rows = SampleRow.Read(source, delimiter, skipped);
            double score = ScoreOf(rows);
            if (score > bestScore + Equal)
            {
                (best, bestScore) = ((delimiter, rows), score);
            }
        }

        return best;
    }

    /// <summary>The share of the rows that have as many columns as most; less when the first row has not.</summary>
    private static double ScoreOf(IReadOnlyList<SampleRow> rows)
    {
        SampleRow[] plain = [.. rows.Where(row => !row.IsEmpty && !row.IsComment)];
        if (plain.Length == 0 || WidthOf(plain) is var width && width < 2)
        {
            return 0;
        }

        double share = (double)plain.Count(row => row.Fields.Count == width) / plain.Length;
        return plain[0].Fields.Count == width ? share : share - CostOfPreamble;
    }

    /// <summary>The number of columns of most rows with more than one.</summary>
    private static int WidthOf(IReadOnlyList<SampleRow> rows)
        => rows.Where(row => row.Fields.Count > 1).GroupBy(row => row.Fields.Count).MaxBy(group => group.Count())?.Key ?? 1;

    /// <summary>True when each row of data ends with a delimiter, and the header does not.</summary>
    private static bool HasEmptyEnd(SampleRow[] plain, int width)
        => plain.TakeWhile(row => row.Fields.Count < width).LastOrDefault()?.Fields.Count == width - 1
           && plain.Where(row => row.Fields.Count == width).All(row => row.Fields[^1].Length == 0);

    private static CsvFormat WithGivenNames(CsvSource source, IReadOnlyList<string> names, int width, char delimiter, SampleRow[] table)
    {
        if (names.Count != width)
        {
            throw new InvalidValueException($"-Header has {CountText.Of(names.Count, "name")}, but '{source.Path}' has {CountText.Of(width, "column")}. Give a name for each column.", names);
        }

        return new CsvFormat { Delimiter = delimiter, Names = names, FirstLine = table[0].Line, Rows = table, QuotesMarkText = false };
    }

    private static CsvFormat WithHeader(CsvSource source, int width, char delimiter, SampleRow[] table, SampleRow[] filled, SampleRow first)
    {
        // A file may have its names in the last comment before the data: "# time;temperature".
        SampleRow? header = IsNames(table[0]) ? table[0]
            : filled.TakeWhile(row => row.Line < table[0].Line).LastOrDefault() is { IsComment: true } comment && comment.Fields.Count == width ? comment
            : null;
        SampleRow[] data = header == table[0] ? table[1..] : table;
        if (header is null && first.Fields.Count > 1 && first.Fields.Count < width && IsNames(first))
        {
            throw new InvalidValueException(
                $"The header of '{source.Path}' has {CountText.Of(first.Fields.Count, "name")}, and its rows have {CountText.Of(width, "column")}. If '{delimiter}' is the decimal mark as well, the file does not say where a number ends: save it with another delimiter. Otherwise give a name for each column as -Header, and -SkipLine {first.Line}.",
                source.Path);
        }

        if (header is null)
        {
            throw new InvalidValueException(
                $"'{source.Path}' has no names of columns: line {table[0].Line} has values ({string.Join(", ", Enumerable.Range(0, width).Select(i => table[0][i]))}). Give names as -Header, such as -Header time, value.",
                source.Path);
        }

        bool hasUnits = data.Length > 1 && IsNames(data[0]) && !IsNames(data[1]);
        SampleRow? units = hasUnits ? data[0] : null;
        data = hasUnits ? data[1..] : data;
        string[] names = [.. Enumerable.Range(0, width).Select(i => header[i].Trim())];
        names[0] = header.IsComment ? names[0].TrimStart('#').Trim() : names[0];
        return new CsvFormat
        {
            Delimiter = delimiter,
            Names = names,
            HeaderLine = header.Line,
            LastNameLine = units?.Line ?? header.Line,
            FirstLine = data.Length > 0 ? data[0].Line : header.Line + 1,
            Rows = data,
            QuotesMarkText = header.Fields.All(field => CsvField.IsQuoted(field)) && data.Length > 0 && !CsvField.IsQuoted(data[0].Fields[0]),
        };
    }

    /// <summary>True when no field is a number or a time.</summary>
    private static bool IsNames(SampleRow row)
        => Enumerable.Range(0, row.Fields.Count).All(i => !CellText.IsValue(row[i].Trim()) && !CellText.IsClock(row[i]));
}
