using System.Globalization;
using System.Text.RegularExpressions;

namespace ConnectorDb.Timestamps;

/// <summary>A date of numbers with the year last, which has its day or its month first.</summary>
/// <remarks>It is refused also where only one order is a date: another text of its source, such as 03/04/2026, would be read in the wrong order.</remarks>
/// <param name="First">The first number.</param>
/// <param name="Second">The second number.</param>
/// <param name="Mark">The text between the numbers.</param>
/// <param name="IsPadded">Both numbers have two digits.</param>
/// <param name="Clock">The format of the text after the year; empty without one.</param>
internal sealed partial record NumericDate(int First, int Second, string Mark, bool IsPadded, string Clock)
{
    private const int Months = 12;

    /// <summary>One number is no month, and the other one is.</summary>
    public bool ShowsOrder => First > Months != Second > Months;

    /// <summary>The reason to refuse it, and advice with its own format.</summary>
    public (string Fact, string Advice) Problem
        => First > Months && Second > Months ? ($"is not a time: neither {First} nor {Second} is a month.", "Correct it, or give ISO 8601 text such as '2026-01-31 18:00'.")
            : First > Months ? ($"has the day first, because {First} is no month, but other times of its source may not show the order.", $"Confirm it: give -TimestampFormat '{DayFirst}' or -Culture {DayCulture}.")
            : Second > Months ? ($"has the month first, because {Second} is no month, but other times of its source may not show the order.", $"Confirm it: give -TimestampFormat '{MonthFirst}' or -Culture en-US.")
            : ("does not say whether the day or the month comes first.", $"Give -TimestampFormat '{DayFirst}' or '{MonthFirst}', or -Culture {DayCulture} or en-US.");

    private string DayFirst => Format(IsPadded ? "dd" : "d", IsPadded ? "MM" : "M");

    private string MonthFirst => Format(IsPadded ? "MM" : "M", IsPadded ? "dd" : "d");

    private string DayCulture => Mark.StartsWith('.') ? "de-DE" : "en-GB";

    /// <param name="text">A date of numbers with the year last, and what follows it.</param>
    public static NumericDate Of(string text)
    {
        Match match = Pattern().Match(AsciiDigits.Of(text));
        (Group first, Group second) = (match.Groups["first"], match.Groups["second"]);
        return new NumericDate(
            int.Parse(first.ValueSpan, CultureInfo.InvariantCulture),
            int.Parse(second.ValueSpan, CultureInfo.InvariantCulture),
            match.Groups["mark"].Value,
            first.Length == 2 && second.Length == 2,
            ClockOf(match.Groups["rest"].Value));
    }

    private static string ClockOf(string rest)
    {
        Match match = ClockPattern().Match(rest);
        if (!match.Success)
        {
            return rest.Length > 0 ? " HH:mm" : "";
        }

        bool hasHalves = match.Groups["half"].Success;
        string hour = new(hasHalves ? 'h' : 'H', match.Groups["hour"].Length);
        string decimals = match.Groups["decimals"] is { Success: true } found ? $"{found.Value[0]}{new string('f', Math.Min(found.Length - 1, 7))}" : "";
        return $"{match.Groups["gap"].Value}{hour}:mm{(match.Groups["second"].Success ? ":ss" : "")}{decimals}{(hasHalves ? " tt" : "")}{(match.Groups["offset"].Success ? match.Groups["zoneGap"].Value + "K" : "")}";
    }

    private string Format(string first, string second) => $"{first}{Mark}{second}{Mark}yyyy{Clock}";

    [GeneratedRegex(@"^(?<first>\d{1,2})(?<mark>[./-]\s?)(?<second>\d{1,2})[./-]\s?\d{4}(?<rest>.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^(?<gap>T|,?\s)(?<hour>\d{1,2}):\d\d(?<second>:\d\d(?<decimals>[.,]\d+)?)?(?<half>\s[AaPp][Mm])?(?<zoneGap>\s?)(?<offset>[Zz]|[+-]\d\d:?\d\d)?$", RegexOptions.CultureInvariant)]
    private static partial Regex ClockPattern();
}
