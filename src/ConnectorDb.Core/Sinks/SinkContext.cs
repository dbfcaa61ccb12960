using ConnectorDb.Contracts;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks;

/// <summary>Services for sinks.</summary>
public sealed record SinkContext
{
    /// <summary>Connects to the database of the settings.</summary>
    public required Func<ConnectorDbSettings, ICdbClient> Connect { get; init; }

    /// <summary>Opens the script with this text; null without PowerShell.</summary>
    public Func<string, ISinkScript>? Script { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
