using System.Globalization;

namespace ConnectorDb;

/// <summary>Cuts the texts of errors: an input of megabytes is not repeated in messages, logs and answers.</summary>
internal static class MessageText
{
    public const int MaxLength = 4000;

    /// <summary>Room for the sentence about the characters that are left out.</summary>
    private const int Gap = 32;

    /// <summary>The text; of a long one, the start and the end with the number of characters in between, which is not cut again.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">At least four times the gap.</param>
    public static string Cut(string text, int maxLength = MaxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        int start = maxLength * 3 / 4;
        start = char.IsHighSurrogate(text[start - 1]) ? start - 1 : start;
        int end = text.Length - (maxLength / 4) + Gap;
        end = char.IsLowSurrogate(text[end]) ? end + 1 : end;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, start)} … ({end - start} more characters) … {text.AsSpan(end)}");
    }
}
