using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Polling.Configuration;

namespace ConnectorDb.Core.Hosting;

/// <summary>Composes a poller from its configuration file, its logger and the options of the caller.</summary>
public static class PollerHost
{
    /// <exception cref="InvalidConfigurationException">The file is invalid.</exception>
    /// <exception cref="StoreException">The logger cannot be written.</exception>
    public static Poller Open(PollerHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        PollConfiguration configuration = options.Path is { } file ? PollFile.Read(file, Context(options)) : new PollConfiguration();
        PollDestination destination = configuration.Destination;
        IDataLogger? logger = options.OpenLogger(destination.Logger);
        if (logger is not null && !(options.IsLoggerChosen && destination.IsFromRpdemo))
        {
            foreach (string other in (destination with { Sinks = [.. destination.Sinks.Select(options.CompleteSink)] }).ApplyTo(logger))
            {
                options.OnOtherSink(other);
            }
        }

        LoggerOutput? output = logger is null ? null : new LoggerOutput(logger, options.Measurement ?? destination.Measurement);
        PollerOptions poller = new()
        {
            Write = options.Wrap(values => output?.Write(values) ?? []),
            Save = options.Path is { } path ? change => PollFile.Change(path, SamplerCatalog.Contains, change) : null,
            Metrics = MetricsOf(configuration, options.MetricsInterval),
            StateChanged = options.StateChanged,
            Time = options.Time,
        };
        return new Poller((options.Concurrency ?? configuration.Concurrency) is { } most ? poller with { Concurrency = most } : poller, configuration.Items);
    }

    private static PollFileContext Context(PollerHostOptions options) => new()
    {
        Knows = SamplerCatalog.Contains,
        Check = options.CheckSink,
        InfluxDb = options.InfluxDb,
    };

    private static PollMetrics? MetricsOf(PollConfiguration configuration, TimeSpan? interval)
        => interval is { } given ? (configuration.Metrics ?? new PollMetrics { Interval = given }) with { Interval = given } : configuration.Metrics;
}
