namespace ConnectorDb.Server.Influx;

/// <summary>Counts points of datagrams that are refused, so that a sender that goes on for days fills no log: one entry a minute.</summary>
internal sealed class DatagramRefusals(TimeProvider time)
{
    private static readonly TimeSpan s_period = TimeSpan.FromMinutes(1);

    private long? _told;
    private long _points;
    private string? _reason;

    /// <summary>Adds points. Returns the summary for the log, or null if its last entry is less than a minute old.</summary>
    public Summary? Add(long points, string reason)
    {
        _points += points;
        _reason ??= reason;
        if (_told is { } told && time.GetElapsedTime(told) < s_period)
        {
            return null;
        }

        _told = time.GetTimestamp();
        return TakeRest();
    }

    /// <summary>The summary of points that the log does not have yet; null for none.</summary>
    public Summary? TakeRest()
    {
        Summary? summary = _reason is null ? null : new Summary(_points, _reason);
        (_points, _reason) = (0, null);
        return summary;
    }

    /// <param name="Points">The number of points that were not stored.</param>
    /// <param name="Reason">Why the first of them was not.</param>
    internal sealed record Summary(long Points, string Reason);
}
