namespace ConnectorDb.Logging;

/// <summary>What to do when a bound of the logger is reached.</summary>
public enum BoundPolicy
{
    /// <summary>Writing fails until there is room again.</summary>
    RefuseNew,

    /// <summary>The oldest items are dropped, and counted.</summary>
    DropOldest,
}

/// <summary>The settings of a logger, which lie in its file. Without bounds nothing is ever dropped.</summary>
public sealed record LoggerSettings
{
    public string Name { get; init; } = "";

    public static TimeSpan DefaultSyncPeriod { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Between two rounds of sending.</summary>
    public TimeSpan SyncPeriod { get; init; } = DefaultSyncPeriod;

    /// <summary>Anything the user wants kept with the logger, as JSON text.</summary>
    public string? Data { get; init; }

    /// <summary>The most bytes of the file that items may take.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>How long the oldest item may wait.</summary>
    public TimeSpan? MaxAge { get; init; }

    public BoundPolicy WhenFull { get; init; }

    /// <summary>Send after every write, not only each <see cref="SyncPeriod"/>.</summary>
    public bool IsContinuous { get; init; }

    /// <summary>Whether the commands that send what waits, or end the sending, fail when something could not be sent.</summary>
    public bool ThrowOnFailure { get; init; }
}
