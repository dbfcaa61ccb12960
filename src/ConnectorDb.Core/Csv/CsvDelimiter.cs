using System.Globalization;

namespace ConnectorDb.Core.Csv;

/// <summary>The characters that can separate columns: those that no number, no time and no quoted field begins with or contains.</summary>
/// <remarks>A blank is one, because fields with blanks are quoted, and many loggers separate dates, times and values by it.</remarks>
internal static class CsvDelimiter
{
    private const string InNumbers = "+-.\u2212\u066B\u066C";
    private const string InTimes = ":/";
    private const string InQuotes = "\"'\u2019";

    /// <exception cref="InvalidValueException">The character can be part of a field.</exception>
    public static void Check(char delimiter)
    {
        if (FaultOf(delimiter) is { } fault)
        {
            throw new InvalidValueException($"{Shown(delimiter)} cannot separate columns: {fault}. Give another -Delimiter, such as ';' or \"`t\".", delimiter);
        }
    }

    /// <exception cref="InvalidValueException">The character can be part of a field, or is the decimal mark of the culture.</exception>
    public static void CheckFor(CultureInfo? culture, char delimiter)
    {
        if (culture is not null && culture.NumberFormat.NumberDecimalSeparator == delimiter.ToString())
        {
            throw new InvalidValueException($"'{delimiter}' is the decimal mark of {culture.Name}, so it cannot separate the columns. Give another -Delimiter, such as ';'.", delimiter);
        }

        Check(delimiter);
    }

    private static string? FaultOf(char delimiter)
        => char.IsLetterOrDigit(delimiter) ? "letters and digits are part of names, numbers and times"
            : InNumbers.Contains(delimiter, StringComparison.Ordinal) ? "it is part of numbers"
            : InTimes.Contains(delimiter, StringComparison.Ordinal) ? "it is part of times"
            : InQuotes.Contains(delimiter, StringComparison.Ordinal) ? "it is a quote"
            : delimiter == '#' ? "it begins a comment"
            : delimiter is ' ' or '\t' ? null
            : delimiter is '\r' or '\n' ? "it ends a line"
            : delimiter == '\0' || char.IsWhiteSpace(delimiter) || char.IsSurrogate(delimiter) || char.GetUnicodeCategory(delimiter) == UnicodeCategory.Format
                ? "it is no character that programs show or read as one"
            : null;

    private static string Shown(char delimiter)
        => char.IsControl(delimiter) || char.IsSurrogate(delimiter) || char.IsWhiteSpace(delimiter) || char.GetUnicodeCategory(delimiter) == UnicodeCategory.Format
            ? $"U+{(int)delimiter:X4}" : $"'{delimiter}'";
}
