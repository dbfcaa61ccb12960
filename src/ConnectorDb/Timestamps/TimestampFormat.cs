using System.Globalization;

namespace ConnectorDb.Timestamps;

/// <summary>A format that the user gives: a unit of unix time, ISO 8601, or a format of .NET.</summary>
internal abstract class TimestampFormat
{
    /// <summary>The names that are no formats of .NET.</summary>
    public static IReadOnlyList<string> Names { get; } = ["iso", "unix", "unixms", "unixus", "unixns"];

    /// <exception cref="FormatException">The format has no year.</exception>
    public static TimestampFormat Of(string format, CultureInfo? culture) => format.ToUpperInvariant() switch
    {
        "ISO" => new Iso(),
        "UNIX" => new Unix(1),
        "UNIXMS" => new Unix(1e3m),
        "UNIXUS" => new Unix(1e6m),
        "UNIXNS" => new Unix(1e9m),
        _ when format.Length > 1 && !format.Contains('y', StringComparison.Ordinal)
            => throw new FormatException($"The format '{format}' has no year. Give one with 'yyyy', or one of {string.Join(", ", Names)}."),
        _ => new DotNet(format, culture ?? CultureInfo.InvariantCulture),
    };

    public abstract bool TryParse(ReadOnlySpan<char> text, out LocalTime time);

    private sealed class Iso : TimestampFormat
    {
        public override bool TryParse(ReadOnlySpan<char> text, out LocalTime time) => Iso8601.TryParse(text, null, out time);
    }

    private sealed class Unix(decimal perSecond) : TimestampFormat
    {
        private readonly char[] _decimals = new char[32];

        public override bool TryParse(ReadOnlySpan<char> text, out LocalTime time)
        {
            bool isNumber = UnixText.TryParse(text, perSecond, out long whole, _decimals, out int length);
            time = new LocalTime(whole, _decimals.AsSpan(0, length), 0);
            return isNumber;
        }
    }

    private sealed class DotNet(string format, CultureInfo culture) : TimestampFormat
    {
        private readonly char[] _decimals = new char[7];

        public override bool TryParse(ReadOnlySpan<char> text, out LocalTime time)
        {
            time = default;
            if ((!DateText.TryRead(text, format, culture, out DateTime read) && !EndOfDay.TryParse(text, format, culture, out read)) || !DateText.HasDate(read))
            {
                return false;
            }

            time = DateText.Of(read, _decimals);
            return true;
        }
    }
}
