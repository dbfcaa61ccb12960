using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>The destination of values in a configuration. Settings that are null keep the value of the logger.</summary>
public sealed record PollDestination
{
    /// <summary>The full path of the logger file, or null when the configuration has no destination.</summary>
    public string? Logger { get; init; }

    /// <summary>The measurement whose points contain the values, or null for one stream per item.</summary>
    public string? Measurement { get; init; }

    /// <summary>The sinks of the logger.</summary>
    public IReadOnlyList<SinkSettings> Sinks { get; init; } = [];

    public TimeSpan? SyncPeriod { get; init; }

    public bool? ContinuousWrite { get; init; }

    public long? MaxBytes { get; init; }

    public TimeSpan? MaxAge { get; init; }

    public BoundPolicy? WhenFull { get; init; }

    /// <summary>The destination is the database of an rpdemo file; a logger that the caller chooses replaces it.</summary>
    public bool IsFromRpdemo { get; init; }

    private bool HasSettings => SyncPeriod is not null || ContinuousWrite is not null || MaxBytes is not null || MaxAge is not null || WhenFull is not null;

    /// <summary>Applies these sinks and settings to the logger, which keeps its other sinks.</summary>
    /// <returns>The names of the other sinks.</returns>
    /// <exception cref="StoreException">The logger cannot be written.</exception>
    public IReadOnlyList<string> ApplyTo(IDataLogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        IReadOnlyList<string> names = logger.AddSinks(Sinks);
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

        return names.Count == 0 ? [] : [.. logger.GetStatus().Destinations.Where(each => !each.IsLeaving).Select(each => each.Name).Except(names, StringComparer.OrdinalIgnoreCase)];
    }
}
