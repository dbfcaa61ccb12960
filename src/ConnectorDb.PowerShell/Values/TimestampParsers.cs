using System.Globalization;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Creates parsers from the parameters -TimestampFormat, -TimeZone and -Culture.</summary>
internal static class TimestampParsers
{
    /// <exception cref="InvalidValueException">A format has no year.</exception>
    public static TimestampParser Of(string[]? formats, TimeZoneInfo? zone, CultureInfo? culture)
    {
        try
        {
            return new TimestampParser(new TimestampOptions { Formats = formats ?? [], TimeZone = zone, Culture = culture });
        }
        catch (FormatException error)
        {
            throw new InvalidValueException(error.Message, formats);
        }
    }
}
