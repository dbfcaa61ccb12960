using System.Globalization;

namespace ConnectorDb;

/// <summary>Numbers and dates in the digits of another script, or with the minus U+2212 of many cultures.</summary>
internal static class AsciiDigits
{
    private const char Minus = '\u2212';

    /// <summary>Marks of the direction of writing, which some cultures put before a minus.</summary>
    private const string DirectionMarks = "\u061C\u200E\u200F";

    /// <summary>True for a text with digits, signs or marks that <see cref="Of"/> replaces.</summary>
    public static bool IsNeeded(ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            if (letter > '\u007F' && (letter == Minus || DirectionMarks.Contains(letter, StringComparison.Ordinal) || char.IsDigit(letter)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text with ASCII digits and the minus of ASCII, without marks of the direction of writing. Other characters stay.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        Span<char> ascii = text.Length <= 128 ? stackalloc char[text.Length] : new char[text.Length];
        int length = 0;
        foreach (char letter in text)
        {
            if (!DirectionMarks.Contains(letter, StringComparison.Ordinal))
            {
                ascii[length++] = letter == Minus ? '-' : char.IsDigit(letter) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(letter)) : letter;
            }
        }

        return new string(ascii[..length]);
    }
}
