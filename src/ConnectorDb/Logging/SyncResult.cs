namespace ConnectorDb.Logging;

/// <summary>What one round of sending did for one destination.</summary>
public sealed record DestinationResult(string Destination, long Sent, long SetAside, long Pending, string? Error)
{
    public TimeSpan Duration { get; init; }
}

/// <summary>What one round of sending did.</summary>
public sealed record SyncResult(IReadOnlyList<DestinationResult> Destinations)
{
    /// <summary>Another process was sending all the while, so nothing was done.</summary>
    public bool IsBusy { get; init; }

    /// <summary>Everything went where it should.</summary>
    public bool Succeeded => !IsBusy && Destinations.All(result => result.Error is null);

    /// <summary>For the scheduler that started the process: 0 when everything went well, 1 when something failed, 2 when another process was sending.</summary>
    public int ExitCode => IsBusy ? 2 : Succeeded ? 0 : 1;

    public long Sent => Destinations.Sum(result => result.Sent);

    public long SetAside => Destinations.Sum(result => result.SetAside);
}
