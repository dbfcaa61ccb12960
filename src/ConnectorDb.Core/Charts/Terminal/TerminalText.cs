using System.Globalization;
using System.Text;

namespace ConnectorDb.Core.Charts.Terminal;

/// <summary>Fits texts of users, such as names and states, into cells of a terminal.</summary>
/// <param name="cells">Returns the number of cells that a text takes: two for a character of Chinese.</param>
internal sealed class TerminalText(Func<string, int> cells)
{
    private const char Replacement = '?';

    /// <summary>The beginning of the text that takes at most so many cells, without characters that control the terminal.</summary>
    public string Fit(string text, int width)
    {
        string plain = string.Concat(text.EnumerateRunes().Select(rune => IsControl(rune) ? new Rune(Replacement) : rune));
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

    /// <summary>The text, moved to the right end of so many cells.</summary>
    public string Right(string text, int width) => new string(' ', Math.Max(0, width - cells(text))) + text;

    /// <summary>Characters that would move the cursor, or turn the direction of the rest of the line.</summary>
    private static bool IsControl(Rune rune)
        => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || rune.Value is (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069);
}
