namespace ConnectorDb.PowerShell.Loading;

/// <summary>What a poller is asked for. What is given goes before what the file says.</summary>
internal sealed record PollerRequest
{
    /// <summary>The configuration file; null for none.</summary>
    public string? Path { get; init; }

    /// <summary>Measurements at once.</summary>
    public int? Concurrency { get; init; }

    /// <summary>What values become points of.</summary>
    public string? Measurement { get; init; }

    /// <summary>How often the poller writes how it stands.</summary>
    public TimeSpan? MetricsInterval { get; init; }

    /// <summary>Where values go.</summary>
    public CdbLogger? Logger { get; init; }

    /// <summary>Opens the logger that the file names; or finds one, when it is given null.</summary>
    public required Func<string?, CdbLogger?> FindLogger { get; init; }

    public required Action<string> Warn { get; init; }
}
