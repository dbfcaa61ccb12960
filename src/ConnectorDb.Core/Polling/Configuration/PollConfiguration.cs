using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>What a configuration file of a poller says.</summary>
public sealed record PollConfiguration
{
    private const string MeasurementOfRpdemo = "rpdemo";

    public IReadOnlyList<PollItem> Items { get; init; } = [];

    /// <summary>Measurements at once, <c>polling_threads</c>; null when it does not say.</summary>
    public int? Concurrency { get; init; }

    /// <summary>The file of the logger that values go to, as a whole path; null when it does not say.</summary>
    public string? Logger { get; init; }

    /// <summary>Values become points of this measurement; null for a stream each.</summary>
    public string? Measurement { get; init; }

    /// <summary>The database of rpdemo, whose files have one measurement for all.</summary>
    internal PollConfiguration WithDatabase(string? database)
        => database is null || Measurement is not null ? this : this with { Measurement = MeasurementOfRpdemo };
}
