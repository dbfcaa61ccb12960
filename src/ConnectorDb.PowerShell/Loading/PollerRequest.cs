using System.Management.Automation;
using ConnectorDb.PowerShell.Scripts;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>Options of a new poller; they override the settings of the configuration file.</summary>
internal sealed record PollerRequest
{
    /// <summary>Path of the configuration file; null for none.</summary>
    public string? Path { get; init; }

    /// <summary>Maximum number of concurrent samples.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Name of the measurement that the values are written to.</summary>
    public string? Measurement { get; init; }

    /// <summary>Interval at which poller metrics are written.</summary>
    public TimeSpan? MetricsInterval { get; init; }

    /// <summary>Logger that receives the values.</summary>
    public CdbLogger? Logger { get; init; }

    /// <summary>Opens the logger with the path that the file names; finds the default logger for null.</summary>
    public required Func<string?, CdbLogger?> FindLogger { get; init; }

    /// <summary>A script of the configuration file as a script of the caller.</summary>
    public required Func<ScriptBlock, BackgroundScript> Background { get; init; }

    public required Action<string> Warn { get; init; }
}
