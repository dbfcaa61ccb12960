using System.Globalization;

namespace ConnectorDb;

/// <summary>A number of calendar units: <c>1d</c>, <c>2w</c>, <c>1mo</c>, <c>1q</c> or <c>1y</c>. How long it lasts depends on the date and the time zone.</summary>
/// <param name="Count">More than 0.</param>
/// <param name="Unit">The unit.</param>
public sealed record CalendarStep(int Count, CalendarUnit Unit)
{
    private static readonly string[] s_symbols = ["d", "w", "mo", "q", "y"];

    /// <summary>Reads one whole number with a unit; null when the text is anything else.</summary>
    public static CalendarStep? Parse(string? text)
    {
        ReadOnlySpan<char> given = (text ?? "").AsSpan().Trim();
        int digits = given.IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !int.TryParse(given[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count == 0)
        {
            return null;
        }

        string unit = given[digits..].Trim().ToString();
        int found = Array.FindIndex(s_symbols, symbol => symbol.Equals(unit, StringComparison.OrdinalIgnoreCase));
        return found < 0 ? null : new CalendarStep(count, (CalendarUnit)found);
    }

    public override string ToString() => Count.ToString(CultureInfo.InvariantCulture) + s_symbols[(int)Unit];
}
