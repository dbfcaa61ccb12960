namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>How a store in a SQLite file is opened.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The file; it is made, with its folder, when it is not there.</summary>
    public required string Path { get; init; }

    /// <summary>How long a write waits for other processes before it gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Maximum size of the file in pages of 4096 bytes; null for no limit.</summary>
    public int? MaxPages { get; init; }

    /// <summary>The clock for polling commits of other processes.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
