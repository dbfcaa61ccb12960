using System.Text.Json.Serialization;

namespace ConnectorDb.Logging;

/// <summary>The behaviour of a logger at a limit.</summary>
public enum BoundPolicy
{
    /// <summary>Writes fail until there is room again.</summary>
    RefuseNew,

    /// <summary>The oldest entries are dropped and counted.</summary>
    DropOldest,
}

/// <summary>The settings of a logger, stored in its file. A logger without limits never drops an entry.</summary>
public sealed record LoggerSettings
{
    public string Name { get; init; } = "";

    public static TimeSpan DefaultSyncPeriod { get; } = TimeSpan.FromMinutes(10);

    /// <summary>The interval between two syncs.</summary>
    public TimeSpan SyncPeriod { get; init; } = DefaultSyncPeriod;

    /// <summary>User-defined data as JSON.</summary>
    public string? Data { get; init; }

    /// <summary>The maximum size of the entries in the file, waiting and set aside, in bytes: their content and 48 bytes for each row.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>The maximum age of the oldest waiting entry.</summary>
    public TimeSpan? MaxAge { get; init; }

    public BoundPolicy WhenFull { get; init; }

    /// <summary>Sync after every write, not only each <see cref="SyncPeriod"/>.</summary>
    public bool IsContinuous { get; init; }

    /// <summary>The number of entries whose write starts a sync in the background, before the end of the period; null for none.</summary>
    public int? BufferSize { get; init; }

    /// <summary>Writes declare missing streams.</summary>
    public bool DeclaresStreams { get; init; }

    /// <summary>Sync-CdbLogger and Stop-CdbLogger fail when a sync fails.</summary>
    public bool ThrowOnFailure { get; init; }

    /// <summary>The device of the latest login of each destination, by its number in the file. It is no setting, but has a place in files of all versions here.</summary>
    [JsonInclude]
    internal IReadOnlyDictionary<long, string>? Logins { get; init; }
}
