namespace ConnectorDb.Logging;

/// <summary>The result of a sync for one destination.</summary>
/// <param name="Error">The reason why entries still wait; null when all were decided.</param>
public sealed record DestinationResult(string Destination, long Sent, long SetAside, long Pending, string? Error)
{
    public TimeSpan Duration { get; init; }

    /// <summary>True when another sync of this destination was running until the timeout, so that nothing was sent.</summary>
    public bool IsBusy { get; init; }

    /// <summary>The number of entries that were deleted because their checksum was wrong.</summary>
    public long Damaged { get; init; }

    /// <summary>The reason why the first of the entries was set aside.</summary>
    public string? SetAsideReason { get; init; }

    /// <summary>The problems, one or more sentences for each; empty when everything was sent.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. Error is not null ? [$"{Destination}: {Error}"] : (string[])[],
        .. SetAside > 0 ? [$"{Destination} rejected {SetAside} entries, which were set aside. Get-CdbLogger -SetAside lists them. The first reason: {SetAsideReason}"] : (string[])[],
        .. Damaged > 0 ? [$"{Damaged} entries for {Destination} were damaged in the file and are lost. Check the disk for errors."] : (string[])[],
    ];
}
