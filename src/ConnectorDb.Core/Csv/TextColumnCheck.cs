using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Csv;

/// <summary>Finds columns that become texts although some of their fields begin like numbers: a unit or a form of numbers that is not read.</summary>
internal static partial class TextColumnCheck
{
    /// <summary>A warning about a new stream for texts; null when no field begins like a number.</summary>
    /// <param name="rows">The first rows of the stream.</param>
    public static string? WarningOf(CsvTarget target, IEnumerable<SampleRow> rows, int column, string path)
    {
        if (!target.IsNew || !target.Fields.IsText)
        {
            return null;
        }

        (int Line, string Field)[] like = [.. rows.Select(row => (row.Line, Field: row[column].Trim())).Where(row => BeginsLikeNumber(row.Field))];
        if (like.Length == 0)
        {
            return null;
        }

        // A field that is no number says more than a number among texts.
        (int line, string field) = like.FirstOrDefault(row => !CellText.IsNumber(row.Field), like[0]);
        return $"The column '{target.Column}' of '{path}' becomes a stream of texts, although some of its fields begin like numbers: line {line} has '{field}'. "
            + "If they are numbers in the form of a country, give -Culture, such as de-DE. If some are not, create the stream for numbers first, and rows with other texts are rejected: "
            + $"New-CdbStream {target.Stream} -Schema number. If all are texts, create it with -Schema string.";
    }

    /// <summary>Times, dates and versions also begin with digits, and are no numbers.</summary>
    private static bool BeginsLikeNumber(string field) => NumberBegin().IsMatch(field) && !Other().IsMatch(field) && (CellText.IsNumber(field) || !CellText.IsTime(field)) && !CellText.IsClock(field);

    [GeneratedRegex(@"^[+\-\u2212]?[.,]?\d", RegexOptions.CultureInvariant)]
    private static partial Regex NumberBegin();

    [GeneratedRegex(@"^\d+(?:\.\d+){2,}(?![\d,])|^[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){2}", RegexOptions.CultureInvariant)]
    private static partial Regex Other();
}
