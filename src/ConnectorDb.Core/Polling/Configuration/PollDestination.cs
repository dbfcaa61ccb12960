using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>Where values go, as a configuration says it. What is null is left as the logger has it.</summary>
public sealed record PollDestination
{
    /// <summary>The file of the logger, as a whole path; null when nothing is said of where values go.</summary>
    public string? Logger { get; init; }

    /// <summary>Values become points of this measurement; null for a stream each.</summary>
    public string? Measurement { get; init; }

    /// <summary>What the logger sends to.</summary>
    public IReadOnlyList<SinkSettings> Sinks { get; init; } = [];

    public TimeSpan? SyncPeriod { get; init; }

    public bool? ContinuousWrite { get; init; }

    public long? MaxBytes { get; init; }

    public TimeSpan? MaxAge { get; init; }

    public BoundPolicy? WhenFull { get; init; }

    /// <summary>Only the database of an rpdemo file says so, in which case a logger that is named elsewhere takes the place of all this.</summary>
    public bool IsOfRpdemo { get; init; }

    private bool HasSettings => SyncPeriod is not null || ContinuousWrite is not null || MaxBytes is not null || MaxAge is not null || WhenFull is not null;

    /// <summary>Gives the logger these destinations and settings; it keeps others that it has.</summary>
    /// <returns>The names of the others.</returns>
    /// <exception cref="StoreException">The logger cannot be written.</exception>
    public IReadOnlyList<string> ApplyTo(IDataLogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        string[] names = [.. Sinks.Select(logger.AddSink)];
        if (HasSettings)
        {
            logger.Change(old => old with
            {
                SyncPeriod = SyncPeriod ?? old.SyncPeriod,
                IsContinuous = ContinuousWrite ?? old.IsContinuous,
                MaxBytes = MaxBytes ?? old.MaxBytes,
                MaxAge = MaxAge ?? old.MaxAge,
                WhenFull = WhenFull ?? old.WhenFull,
            });
        }

        return names.Length == 0 ? [] : [.. logger.GetStatus().Destinations.Select(each => each.Name).Except(names, StringComparer.OrdinalIgnoreCase)];
    }
}
