namespace ConnectorDb.Logging;

/// <summary>The progress of a destination.</summary>
public sealed record DestinationStatus
{
    public required string Name { get; init; }

    public required string Location { get; init; }

    /// <summary>The device of the latest login; null before the first sync or test, and where there are no logins.</summary>
    public string? Login { get; init; }

    /// <summary>True for a destination that was replaced: it receives no new entries and is removed when nothing waits for it.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>The number of entries waiting for this destination.</summary>
    public long Pending { get; init; }

    /// <summary>The time of the oldest waiting entry.</summary>
    public DateTimeOffset? OldestPending { get; init; }

    /// <summary>The number of entries accepted since the destination was added.</summary>
    public long Sent { get; init; }

    /// <summary>The number of dead letters.</summary>
    public long SetAside { get; init; }

    /// <summary>The number of entries dropped by a full logger before they were sent.</summary>
    public long Dropped { get; init; }

    /// <summary>Entries per second in the last sync that sent any.</summary>
    public double? Rate { get; init; }

    /// <summary>The end of the newest sync without a failure, also of one that had nothing to send.</summary>
    public DateTimeOffset? LastSync { get; init; }

    /// <summary>The same; null for a destination that has taken nothing yet.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    public string? LastError { get; init; }

    public DateTimeOffset? LastErrorTime { get; init; }

    /// <summary>The end of the back-off after an error.</summary>
    public DateTimeOffset? NextTry { get; init; }

    public override string ToString() => Name;
}

/// <summary>The status of a logger.</summary>
public sealed record LoggerStatus
{
    public required string Path { get; init; }

    public required LoggerSettings Settings { get; init; }

    /// <summary>The number of entries in the file.</summary>
    public long Cached { get; init; }

    /// <summary>The number of entries dropped by a full logger.</summary>
    public long Dropped { get; init; }

    /// <summary>The number of entries lost to damage of the file.</summary>
    public long Damaged { get; init; }

    /// <summary>The damaged files next to the file of the logger, which recovery replaced, oldest first.</summary>
    public string[] DamagedFiles { get; init; } = [];

    /// <summary>True while this process syncs in the background.</summary>
    public bool IsRunning { get; init; }

    /// <summary>The error that prevented the last background sync.</summary>
    public string? LastError { get; init; }

    public DestinationStatus[] Destinations { get; init; } = [];

    /// <exception cref="NotFoundException">There is no destination of this name.</exception>
    public DestinationStatus Find(string name)
        => Destinations.FirstOrDefault(each => each.Name == name)
            ?? throw new NotFoundException($"The logger has no destination '{name}'; it has {(Destinations.Length == 0 ? "none" : string.Join(", ", Destinations.Select(each => each.Name)))}.", name);

    // A record would write the names of the types of its lists.
    public override string ToString()
        => $"{Cached} cached; {string.Join(", ", Destinations.Select(each => $"{each.Name}: {each.Pending} pending"))}".TrimEnd(' ', ';') + (Damaged > 0 ? $"; {Damaged} lost to damage of the file" : "");
}
