using System.Globalization;
using System.Text.Json;

namespace ConnectorDb.Core.Polling;

/// <summary>Values that come as text.</summary>
internal static class TextValue
{
    private const int LongestShown = 80;

    /// <summary>A number as programs write it, with a point.</summary>
    public static bool TryNumber(string text, out DataValue number)
    {
        bool isInteger = long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer);
        bool isNumber = double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real);
        number = isInteger ? DataValue.From(integer) : DataValue.From(real);
        return isInteger || isNumber;
    }

    /// <summary>A number, else JSON, else the text itself.</summary>
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

    /// <summary>As much of a text as a message has room for.</summary>
    public static string Shorten(string text)
        => text.Trim() is { Length: > LongestShown } long_ ? long_[..LongestShown] + "…" : text.Trim();
}
