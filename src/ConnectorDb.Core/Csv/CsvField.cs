using nietras.SeparatedValues;

namespace ConnectorDb.Core.Csv;

/// <summary>The fields of a row, and their quotes.</summary>
internal static class CsvField
{
    /// <summary>Files that were joined have one before their first field.</summary>
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>A field with its quotes.</summary>
    public static ReadOnlySpan<char> Of(SepReader.Row row, int column)
    {
        ReadOnlySpan<char> field = row[column].Span;
        return column == 0 && !field.IsEmpty && field[0] == ByteOrderMark ? field[1..] : field;
    }

    /// <summary>The fields with their quotes.</summary>
    public static string[] AllOf(SepReader.Row row)
    {
        string[] fields = new string[row.ColCount];
        for (int i = 0; i < fields.Length; i++)
        {
            fields[i] = Of(row, i).ToString();
        }

        return fields;
    }

    public static bool IsQuoted(ReadOnlySpan<char> field) => field.Length > 1 && field[0] == '"' && field[^1] == '"';

    /// <summary>The field without the quotes around it. Quotes in it stay doubled.</summary>
    public static ReadOnlySpan<char> WithoutQuotes(ReadOnlySpan<char> field) => IsQuoted(field) ? field[1..^1] : field;

    /// <summary>The content of a field.</summary>
    public static string Unquote(ReadOnlySpan<char> field)
        => IsQuoted(field) ? field[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : field.ToString();
}
