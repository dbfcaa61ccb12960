using System.Text.Json;

namespace ConnectorDb.Core.Polling;

/// <summary>Parses values from text.</summary>
internal static class TextValue
{
    private const int MaxLength = 80;

    /// <summary>Parses a number in invariant format.</summary>
    public static bool TryNumber(string text, out DataValue number)
        => DataValue.TryParseNumber(text, out number);

    /// <summary>Parses a number or JSON; other text is the value itself.</summary>
    public static DataValue Read(string text)
    {
        if (TryNumber(text, out DataValue number))
        {
            return number;
        }

        try
        {
            return DataValue.Parse(text);
        }
        catch (JsonException)
        {
            return DataValue.From(text.Trim());
        }
    }

    /// <summary>The end of the message about a number that no stream can store; null for any other value.</summary>
    public static string? FaultOf(DataValue value)
        => value.IsNumberText && !double.IsFinite(value.AsDouble()) ? $"{Shorten(value.ToJson())}, which is larger than the numbers that a stream can have, up to 1.8e308." : null;

    /// <summary>Shortens a text for a message.</summary>
    public static string Shorten(string text)
        => text.Trim() is { Length: > MaxLength } long_ ? long_[..MaxLength] + "…" : text.Trim();
}
