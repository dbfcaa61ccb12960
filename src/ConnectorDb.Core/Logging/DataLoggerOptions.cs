using ConnectorDb.Contracts;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Logging;

/// <summary>Options for opening a logger.</summary>
public sealed record DataLoggerOptions
{
    internal static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    /// <summary>The file. It is created, with its folder, if missing.</summary>
    public required string Path { get; init; }

    /// <summary>Creates the sink for settings without connecting.</summary>
    public required Func<SinkSettings, ISink> OpenSink { get; init; }

    /// <summary>The folder of the keys that encrypt secrets; null for the user's own folder.</summary>
    public string? KeyFolder { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long a write waits for other processes.</summary>
    public TimeSpan Patience { get; init; } = DefaultPatience;
}
