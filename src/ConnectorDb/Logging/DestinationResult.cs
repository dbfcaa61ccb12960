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

    /// <summary>The file of the store that the sync created; null for none.</summary>
    public string? NewStore { get; init; }

    /// <summary>The problems, one or more sentences for each; empty when everything was sent.</summary>
    public string[] Problems =>
    [
        .. Error is not null ? [$"{Destination}: {Error}"] : (string[])[],
        .. SetAside > 0 ? [$"{Destination} rejected {CountText.Of(SetAside, "entry, which was", "entries, which were")} set aside. Get-CdbLogger -SetAside lists them. The first reason: {SetAsideReason}"] : (string[])[],
        .. Damaged > 0 ? [$"{CountText.Of(Damaged, "entry", "entries")} for {Destination} {(Damaged == 1 ? "was damaged in the file and is" : "were damaged in the file and are")} lost. Check the disk for errors."] : (string[])[],
    ];

    // A record would write the names of the types of its lists.
    public override string ToString() => Problems.Length == 0 ? $"{Destination}: {Sent} sent{(NewStore is null ? "" : $", to a new store in '{NewStore}'")}" : string.Join(" ", Problems);
}
