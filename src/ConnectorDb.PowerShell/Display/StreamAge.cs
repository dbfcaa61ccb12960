using System.Globalization;

namespace ConnectorDb.PowerShell.Display;

/// <summary>The time since a datapoint as text, in the form of a time span of -Since: <c>45s</c>, <c>12m</c>, <c>3h</c>, <c>2d</c>.</summary>
public static class StreamAge
{
    /// <param name="end">The end of a stream.</param>
    /// <returns>Empty when the stream has no datapoints, or the newest is in the future.</returns>
    public static string Of(Contracts.StreamEnd? end)
    {
        if (end?.Last is not { } last || TimeProvider.System.GetUtcNow() - last.Timestamp is not { Ticks: >= 0 } age)
        {
            return "";
        }

        return age.TotalMinutes < 1 ? Text(age.TotalSeconds, 's') : age.TotalHours < 1 ? Text(age.TotalMinutes, 'm') : age.TotalDays < 1 ? Text(age.TotalHours, 'h') : Text(age.TotalDays, 'd');
    }

    private static string Text(double count, char unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(count)}{unit}");
}
