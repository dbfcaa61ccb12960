namespace ConnectorDb.Core.Polling;

/// <summary>Detects that the clock was set or the machine slept: then wall clock and monotonic clock have not advanced alike.</summary>
internal sealed class ClockChangeDetector(TimeProvider time)
{
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(2);
    private DateTimeOffset _wall = time.GetUtcNow();
    private long _monotonic = time.GetTimestamp();

    public int Changes { get; private set; }

    public void Check()
    {
        (DateTimeOffset wall, long monotonic) = (time.GetUtcNow(), time.GetTimestamp());
        if ((wall - _wall - time.GetElapsedTime(_monotonic, monotonic)).Duration() > s_tolerance)
        {
            Changes++;
        }

        (_wall, _monotonic) = (wall, monotonic);
    }
}
