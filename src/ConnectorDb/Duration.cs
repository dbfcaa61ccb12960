using System.Buffers;
using System.Globalization;

namespace ConnectorDb;

/// <summary>
/// Spans of time as people write them: a number with a unit (<c>500ms</c>, <c>90s</c>, <c>15m</c>, <c>1.5h</c>, <c>7d</c>,
/// <c>2w</c>), several of those in a row (<c>1h30m</c>), a bare number of seconds, or <c>hh:mm</c>, <c>hh:mm:ss</c>, <c>d.hh:mm:ss</c>.
/// </summary>
public static class Duration
{
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Seconds)[] s_units =
    [
        ("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400), ("w", 604800),
    ];

    /// <summary>Reads a span; the answer is in seconds.</summary>
    public static bool TryParse(string? text, out double seconds)
    {
        seconds = 0;
        ReadOnlySpan<char> rest = (text ?? "").AsSpan().Trim();
        if (rest.IsEmpty)
        {
            return false;
        }

        if (rest.Contains(':'))
        {
            bool isClock = TimeSpan.TryParse(rest, CultureInfo.InvariantCulture, out TimeSpan span);
            seconds = span.TotalSeconds;
            return isClock;
        }

        // .NET reads NaN and Infinity as numbers too, and thousands of digits as infinite.
        bool isNumber = double.TryParse(rest, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seconds);
        return (isNumber || TryReadParts(rest, out seconds)) && double.IsFinite(seconds);
    }

    private static bool TryReadParts(ReadOnlySpan<char> rest, out double seconds)
    {
        seconds = 0;
        while (!rest.IsEmpty)
        {
            int digits = rest.IndexOfAnyExcept(s_digits);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount))
            {
                return false;
            }

            rest = rest[digits..];
            int letters = rest.IndexOfAny(s_digits);
            ReadOnlySpan<char> unit = letters < 0 ? rest : rest[..letters];
            rest = rest[unit.Length..];
            double factor = 0;
            foreach ((string name, double size) in s_units)
            {
                factor = unit.Trim().Equals(name, StringComparison.OrdinalIgnoreCase) ? size : factor;
            }

            if (factor == 0)
            {
                return false;
            }

            seconds += amount * factor;
            rest = rest.TrimStart();
        }

        return true;
    }
}
