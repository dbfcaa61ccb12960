using ConnectorDb.Contracts;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Sinks;

/// <summary>What sinks need from the house around them.</summary>
public sealed record SinkContext
{
    /// <summary>Logs in to the database of the settings.</summary>
    public required Func<ConnectorDbSettings, ICdbClient> Connect { get; init; }

    /// <summary>Makes something that can be run of the text of a script; null where there is no PowerShell.</summary>
    public Func<string, SinkScript>? Script { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
