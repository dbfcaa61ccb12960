using System.Text;

namespace ConnectorDb.Help.GetHelp;

/// <summary>A table as lines of text: columns as wide as their cells, and a last column that wraps.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <param name="rows">The cells of each row; the first row is the heading.</param>
    /// <param name="width">The number of characters of a line.</param>
    public static string Make(IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        int last = rows.Max(row => row.Count) - 1;
        int[] widths = [.. Enumerable.Range(0, last).Select(column => rows.Max(row => CellOf(row, column).Length))];
        int left = Math.Max(width - widths.Sum(each => each + Gap.Length), 1);
        return string.Join('\n', rows.SelectMany((row, i) => i == 0
            ? Lines(row).Concat(Lines([.. Enumerable.Range(0, last + 1).Select(column => new string('-', CellOf(row, column).Length))]))
            : Lines(row)));

        IEnumerable<string> Lines(IReadOnlyList<string> row)
        {
            StringBuilder start = new();
            for (int column = 0; column < last; column++)
            {
                start.Append(CellOf(row, column).PadRight(widths[column])).Append(Gap);
            }

            return WrappedText.Lines(CellOf(row, last), left)
                .Select((line, i) => ((i == 0 ? start.ToString() : new string(' ', start.Length)) + line).TrimEnd());
        }
    }

    private static string CellOf(IReadOnlyList<string> row, int column) => column < row.Count ? row[column] : "";
}
