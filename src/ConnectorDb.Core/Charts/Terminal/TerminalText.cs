using System.Globalization;
using System.Text;

namespace ConnectorDb.Core.Charts.Terminal;

/// <summary>Fits texts of users, such as names and states, into cells of a terminal.</summary>
/// <param name="cells">Returns the number of cells that a text takes: two for a character of Chinese.</param>
internal sealed class TerminalText(Func<string, int> cells)
{
    private const char Replacement = '?';
    private const string Indent = "  ";

    /// <summary>The beginning of the text that takes at most so many cells, without characters that control the terminal.</summary>
    public string Fit(string text, int width)
    {
        string plain = Plain(text);
        if (cells(plain) <= width)
        {
            return plain;
        }

        StringBuilder kept = new();
        int used = 0;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(plain);
        while (elements.MoveNext() && (used += cells(elements.GetTextElement())) <= width)
        {
            kept.Append(elements.GetTextElement());
        }

        return kept.ToString();
    }

    /// <summary>The parts one after the other, in lines of at most so many cells. A part is divided only if a line is too short for it.</summary>
    public IEnumerable<string> Wrap(IEnumerable<string> parts, string separator, int width)
    {
        string line = "";
        foreach (string part in parts)
        {
            string plain = Plain(part);
            string longer = line.Length == 0 ? plain : line + separator + plain;
            if (cells(longer) > width && line.Length > 0)
            {
                yield return line;
                longer = Indent + plain;
            }

            while (cells(longer) > width)
            {
                string begin = Fit(longer, width);
                yield return begin;
                longer = Indent + longer[begin.Length..];
            }

            line = longer;
        }

        yield return line;
    }

    /// <summary>The text, moved to the right end of so many cells.</summary>
    public string Right(string text, int width) => new string(' ', Math.Max(0, width - cells(text))) + text;

    private static string Plain(string text) => string.Concat(text.EnumerateRunes().Select(rune => IsControl(rune) ? new Rune(Replacement) : rune));

    /// <summary>Characters that would move the cursor, or turn the direction of the rest of the line.</summary>
    private static bool IsControl(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || rune.Value is (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069);
}
