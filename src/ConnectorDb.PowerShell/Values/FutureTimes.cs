using System.Globalization;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Warns about datapoints that are more than a day ahead of the clock: their stream refuses earlier ones until then.</summary>
internal sealed class FutureTimes(Action<string> warn)
{
    private const double Day = 86400;
    private const double Year = 365.25 * Day;
    private readonly double _now = UnixTime.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
    private readonly Dictionary<string, (long Count, double Newest)> _ahead = new(StringComparer.Ordinal);

    public void Note(object stream, double t)
    {
        if (t > _now + Day)
        {
            string name = stream.ToString()!;
            (long count, double newest) = _ahead.GetValueOrDefault(name, (0, t));
            _ahead[name] = (count + 1, Math.Max(newest, t));
        }
    }

    /// <param name="times">In ascending order.</param>
    public void Note(object stream, ReadOnlySpan<double> times)
    {
        for (int i = times.Length - 1; i >= 0 && times[i] > _now + Day; i--)
        {
            Note(stream, times[i]);
        }
    }

    /// <summary>Warns once for each stream.</summary>
    /// <param name="remedy">What to do about a stream if the times are wrong, given the time of now as text.</param>
    public void Complete(Func<string, string, string> remedy)
    {
        foreach ((string stream, (long count, double newest)) in _ahead)
        {
            double ahead = newest - _now;
            string howFar = ahead < Year ? Many(ahead / Day, "day") : Many(ahead / Year, "year");
            string which = count == 1 ? "A datapoint" : CountText.Of(count, "datapoint");
            warn($"{which} for '{stream}' {(count == 1 ? "is" : "are")} more than a day ahead of the clock, the newest by {howFar}: {IsoText.Of(newest)}. Until then, the stream takes no datapoints of earlier times. {remedy(stream, IsoText.Of(Math.Floor(_now)))}");
        }

        _ahead.Clear();
    }

    private static string Many(double count, string unit) => count.ToString("0.#", CultureInfo.InvariantCulture) is "1" ? $"1 {unit}" : string.Create(CultureInfo.InvariantCulture, $"{count:0.#} {unit}s");
}
