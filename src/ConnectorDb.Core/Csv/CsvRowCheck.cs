using nietras.SeparatedValues;

namespace ConnectorDb.Core.Csv;

/// <summary>Finds rows of which the fields cannot be told apart or are incomplete, and rows without data.</summary>
internal sealed class CsvRowCheck(CsvFormat format, CsvColumns columns)
{
    private readonly string _header = string.Join('\n', format.Names);

    /// <summary>True for empty rows and comments.</summary>
    public static bool HasNoData(SepReader.Row row)
    {
        ReadOnlySpan<char> text = row.Span.TrimStart();
        return text.IsEmpty || text[0] == '#';
    }

    /// <summary>True for a repetition of the header, as files have it that were joined.</summary>
    public bool IsHeader(SepReader.Row row)
        => string.Join('\n', CsvField.AllOf(row).Select(field => CsvField.Unquote(field).Trim())) == _header;

    /// <summary>Why no value of the row can be read; null when it has a field for each column that is needed.</summary>
    public string? FaultOf(SepReader.Row row)
    {
        int expected = format.Names.Count;
        ReadOnlySpan<char> last = row[row.ColCount - 1].Span;
        if (!last.IsEmpty && last[0] == '"' && (last.Length == 1 || last[^1] != '"'))
        {
            return "The row has a quote without an end.";
        }

        bool hasMore = false;
        for (int i = expected; i < row.ColCount; i++)
        {
            hasMore |= !row[i].Span.Trim().IsEmpty;
        }

        if (hasMore || row.ColCount < expected)
        {
            return $"The row has {row.ColCount} {(row.ColCount == 1 ? "column" : "columns")}, and the header has {expected}.";
        }

        if (columns.Stream is { } stream && IsBlank(row, stream))
        {
            return $"{format.Names[stream]}: it is empty, and names the stream of the value.";
        }

        // Without the time of day, a row would get the time of midnight.
        foreach (int column in columns.Time)
        {
            if (columns.Time.Count > 1 && IsBlank(row, column))
            {
                return $"{format.Names[column]}: it is empty, and the time needs both the date and the time of day.";
            }
        }

        return null;
    }

    private static bool IsBlank(SepReader.Row row, int column) => CsvField.WithoutQuotes(CsvField.Of(row, column)).Trim().IsEmpty;
}
