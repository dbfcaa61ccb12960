namespace ConnectorDb.Logging;

/// <summary>The result of a sync for one destination.</summary>
public sealed record DestinationResult(string Destination, long Sent, long SetAside, long Pending, string? Error)
{
    public TimeSpan Duration { get; init; }
}

/// <summary>The result of a sync.</summary>
public sealed record SyncResult(IReadOnlyList<DestinationResult> Destinations)
{
    /// <summary>True when another process held the sync lock until the timeout, so that nothing was sent.</summary>
    public bool IsBusy { get; init; }

    /// <summary>True when no destination failed.</summary>
    public bool Succeeded => !IsBusy && Destinations.All(result => result.Error is null);

    /// <summary>The exit code for schedulers: 0 for success, 1 for an error, 2 when another process was sending.</summary>
    public int ExitCode => IsBusy ? 2 : Succeeded ? 0 : 1;

    public long Sent => Destinations.Sum(result => result.Sent);

    public long SetAside => Destinations.Sum(result => result.SetAside);

    // A record would write the names of the types of its lists.
    public override string ToString()
        => IsBusy ? "Another process is sending." : string.Join(", ", Destinations.Select(each => $"{each.Destination}: {each.Error ?? $"{each.Sent} sent"}"));
}
