namespace ConnectorDb.Polling;

/// <summary>How a poller stands.</summary>
public sealed record PollerStatus
{
    public bool IsRunning { get; init; }

    public int Items { get; init; }

    /// <summary>Measurements under way.</summary>
    public int InProgress { get; init; }

    /// <summary>Items that are due and wait for their turn.</summary>
    public int Waiting { get; init; }

    /// <summary>Number of items with a measurement that does not end.</summary>
    public int Hung { get; init; }

    /// <summary>Items that this machine does not have.</summary>
    public int NotAvailable { get; init; }

    public long Values { get; init; }

    public long Errors { get; init; }

    public long Missed { get; init; }

    /// <summary>Of the last thousand measurements: the lag that 99 of 100 stayed within.</summary>
    public TimeSpan Lag99 { get; init; }

    /// <summary>Values that were not yet written.</summary>
    public int Unwritten { get; init; }

    /// <summary>Values that were given up: the logger refused them, or too many could not be written.</summary>
    public long Dropped { get; init; }

    public string? LastWriteError { get; init; }

    /// <summary>How often the clock was set, or the machine slept.</summary>
    public int ClockChanges { get; init; }
}
