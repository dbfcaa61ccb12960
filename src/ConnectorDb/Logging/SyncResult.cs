namespace ConnectorDb.Logging;

/// <summary>The result of a sync of a logger. A background sync has one destination, a manual one has all.</summary>
public sealed record SyncResult(DestinationResult[] Destinations)
{
    /// <summary>Everything was sent.</summary>
    public const int AllSent = 0;

    /// <summary>A destination failed, or there is none.</summary>
    public const int Failed = 1;

    /// <summary>Another sync of a destination was running until the timeout.</summary>
    public const int Busy = 2;

    /// <summary>Entries were set aside, or were lost because the file is damaged.</summary>
    public const int Incomplete = 3;

    /// <summary>The reason why nothing could be sent, such as a missing file; null otherwise.</summary>
    public string? Fault { get; init; }

    /// <summary>The number of entries that were lost to damage of the file before this sync and after the last one: in its recovery, or in the background.</summary>
    public long Lost { get; init; }

    /// <summary>True when another sync of a destination was running until the timeout.</summary>
    public bool IsBusy => Destinations.Any(result => result.IsBusy);

    /// <summary>True when everything was sent: no destination failed or set entries aside, and none were lost.</summary>
    public bool Succeeded => ExitCode == AllSent;

    /// <summary>The exit code for schedulers: 0 all sent, 1 failed or no destination, 2 busy, 3 entries were set aside or lost.</summary>
    public int ExitCode
        => Destinations.Length == 0 || Destinations.Any(result => result.Error is not null && !result.IsBusy) ? Failed
            : IsBusy ? Busy
            : SetAside + Damaged + Lost > 0 ? Incomplete
            : AllSent;

    public long Sent => Destinations.Sum(result => result.Sent);

    /// <summary>The files of the stores that the sync created.</summary>
    public string[] NewStores => [.. Destinations.Select(result => result.NewStore).OfType<string>()];

    public long SetAside => Destinations.Sum(result => result.SetAside);

    /// <summary>The number of entries that were deleted because their checksum was wrong.</summary>
    public long Damaged => Destinations.Sum(result => result.Damaged);

    /// <summary>The problems, one sentence or more for each; empty when everything was sent.</summary>
    public string[] Problems =>
    [
        .. Fault is not null ? [Fault] : Destinations.Length == 0 ? ["The logger has no destination, so nothing can be sent. Add one, for example: Set-CdbLogger -Sink (New-CdbSink -ConnectorDb ./store.cdb)."] : (string[])[],
        .. Destinations.SelectMany(result => result.Problems),
        .. Lost > 0 ? [$"{CountText.Of(Lost, "entry was", "entries were")} lost in the damaged file."] : (string[])[],
    ];

    // A record would write the names of the types of its lists.
    public override string ToString()
        => Succeeded ? string.Join(", ", Destinations) : string.Join(" ", Problems);
}
