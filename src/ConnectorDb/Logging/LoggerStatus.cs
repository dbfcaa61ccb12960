namespace ConnectorDb.Logging;

/// <summary>How far a destination has come.</summary>
public sealed record DestinationStatus
{
    public required string Name { get; init; }

    public required string Location { get; init; }

    /// <summary>Items that are not there yet.</summary>
    public long Pending { get; init; }

    /// <summary>When the oldest of them was written.</summary>
    public DateTimeOffset? OldestPending { get; init; }

    /// <summary>Items that it took, since it was added.</summary>
    public long Sent { get; init; }

    /// <summary>Items that it refused, which wait to be looked at.</summary>
    public long SetAside { get; init; }

    /// <summary>Items that were dropped before it got them, because the logger was full.</summary>
    public long Dropped { get; init; }

    /// <summary>Items a second, in the last round that sent any.</summary>
    public double? Rate { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    public string? LastError { get; init; }

    public DateTimeOffset? LastErrorTime { get; init; }

    /// <summary>After an error: when it is tried again by itself.</summary>
    public DateTimeOffset? NextTry { get; init; }
}

/// <summary>How a logger stands.</summary>
public sealed record LoggerStatus
{
    public required string Path { get; init; }

    public required LoggerSettings Settings { get; init; }

    /// <summary>Items that lie in the file.</summary>
    public long Cached { get; init; }

    /// <summary>Items that were dropped because the logger was full.</summary>
    public long Dropped { get; init; }

    /// <summary>Items in parts of the file that were damaged and could not be saved.</summary>
    public long Damaged { get; init; }

    /// <summary>Damaged files that were replaced by what could be saved of them, oldest first. They lie beside the logger's.</summary>
    public IReadOnlyList<string> DamagedFiles { get; init; } = [];

    /// <summary>Whether it sends in the background, in this process.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Why the last round in the background could not even begin.</summary>
    public string? LastError { get; init; }

    public IReadOnlyList<DestinationStatus> Destinations { get; init; } = [];
}
