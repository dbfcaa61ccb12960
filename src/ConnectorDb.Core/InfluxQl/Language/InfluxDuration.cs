using System.Globalization;

namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>Durations such as <c>10s</c> and <c>1h30m</c>, in nanoseconds.</summary>
internal static class InfluxDuration
{
    private const long NanosecondsPerHour = 3_600_000_000_000;
    private const long NanosecondsPerMinute = 60_000_000_000;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly (string Unit, long Nanoseconds)[] s_units =
    [
        ("w", 604_800_000_000_000), ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("u", 1000), ("ns", 1),
    ];

    /// <summary>Null when the text is no duration, or is too long.</summary>
    public static long? Parse(string text)
    {
        long sum = 0;
        for (int at = 0; at < text.Length;)
        {
            int start = at;
            at += LengthOf(text.AsSpan(at), isDigit: true);
            int unit = at;
            at += LengthOf(text.AsSpan(at), isDigit: false);
            string name = text[unit..at] == "µ" ? "u" : text[unit..at];
            (string Unit, long Nanoseconds) found = Array.Find(s_units, known => known.Unit == name);
            if (found.Unit is null || !long.TryParse(text[start..unit], NumberStyles.None, CultureInfo.InvariantCulture, out long count) || count > (long.MaxValue - sum) / found.Nanoseconds)
            {
                return null;
            }

            sum += count * found.Nanoseconds;
        }

        return sum;
    }

    /// <summary>The duration in the largest unit that divides it.</summary>
    public static string Text(long nanoseconds)
    {
        (string unit, long size) = nanoseconds == 0 ? ("s", 1) : Array.Find(s_units, known => nanoseconds % known.Nanoseconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / size}{unit}");
    }

    /// <summary>The duration in hours, minutes and seconds, such as <c>24h0m0s</c>.</summary>
    public static string ClockText(long nanoseconds)
    {
        (long hours, long rest) = Math.DivRem(nanoseconds, NanosecondsPerHour);
        (long minutes, rest) = Math.DivRem(rest, NanosecondsPerMinute);
        string seconds = (rest / (decimal)NanosecondsPerSecond).ToString("0.#########", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{(hours > 0 ? $"{hours}h" : "")}{(hours > 0 || minutes > 0 ? $"{minutes}m" : "")}{seconds}s");
    }

    private static int LengthOf(ReadOnlySpan<char> text, bool isDigit)
    {
        int length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]) == isDigit)
        {
            length++;
        }

        return length;
    }
}
