namespace ConnectorDb.Core.Polling;

/// <summary>Sees that the clock was set, or that the machine slept: then the time of the day and the clock that nobody sets have not gone on alike.</summary>
internal sealed class ClockWatch(TimeProvider time)
{
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(2);
    private DateTimeOffset _day = time.GetUtcNow();
    private long _steady = time.GetTimestamp();

    public int Changes { get; private set; }

    public void Look()
    {
        (DateTimeOffset day, long steady) = (time.GetUtcNow(), time.GetTimestamp());
        if ((day - _day - time.GetElapsedTime(_steady, steady)).Duration() > s_tolerance)
        {
            Changes++;
        }

        (_day, _steady) = (day, steady);
    }
}
