using ConnectorDb.Timestamps;

namespace ConnectorDb.Core.Csv;

/// <summary>Checks the times of the first rows, so that a wrong form or order is one message, and not one for each row.</summary>
internal static class TimeCheck
{
    /// <returns>True when the rows go from the newest to the oldest.</returns>
    /// <exception cref="InvalidValueException">No text of the time is a time, or the times go backwards.</exception>
    public static bool Check(CsvFormat format, CsvColumns columns, TimestampParser parser, CsvImportOptions options, string path)
    {
        List<double> times = [];
        (SampleRow Row, string Reason)? first = null;
        (SampleRow Row, string Reason)? showing = null;
        foreach (SampleRow row in format.Rows.Where(row => columns.Time.Count == 1 || columns.Time.All(column => row[column].Trim().Length > 0)))
        {
            string text = string.Join(' ', columns.Time.Select(column => row[column].Trim()));
            if (parser.TryParse(text, out double t, out _, out string? reason))
            {
                times.Add(t);
            }
            else
            {
                first ??= (row, reason!);
                showing ??= Refusal.ShowsOrder(text) ? (row, reason!) : null;
            }
        }

        if (times.Count == 0 && (showing ?? first) is { } fault)
        {
            throw new InvalidValueException($"The times of '{path}' cannot be read. Line {fault.Row.Line}: {fault.Reason}", path);
        }

        int backwards = times.Zip(times.Skip(1)).Count(pair => pair.Second < pair.First);
        int forwards = times.Zip(times.Skip(1)).Count(pair => pair.Second > pair.First);
        if (columns.Stream is null && !options.Sort && times.Count > 2 && backwards > times.Count / 2)
        {
            throw new InvalidValueException($"The rows of '{path}' go from the newest to the oldest. Sort them with -Sort, which needs memory for all rows.", path);
        }

        return backwards > forwards;
    }
}
