using ConnectorDb.Contracts;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Logging;

/// <summary>How a logger's file is opened.</summary>
public sealed record DataLoggerOptions
{
    /// <summary>The file; it is made, with its folder, when it is not there.</summary>
    public required string Path { get; init; }

    /// <summary>Makes the sink of the settings, without connecting yet.</summary>
    public required Func<SinkSettings, ISink> OpenSink { get; init; }

    /// <summary>Where the secrets lie that keys and passwords are sealed with; null for the user's own folder.</summary>
    public string? KeyFolder { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long a write waits for other processes before it gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
