using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Polling.Configuration;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Commands.Bases;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>The doorway to samplers and pollers.</summary>
internal static class PollEngine
{
    private static readonly PollFileContext s_context = new()
    {
        Knows = SamplerCatalog.Contains,
        Check = sink => Answer.Of(LoggerEngine.OpenSink(sink).DisposeAsync()),
    };

    /// <summary>All samplers, by key.</summary>
    public static IReadOnlyList<SamplerInfo> Samplers => SamplerCatalog.All;

    public static void Register(SamplerInfo info, Func<SamplerContext, ISampler> make) => SamplerCatalog.Register(info, make);

    /// <summary>The items of a configuration file.</summary>
    /// <exception cref="InvalidConfigurationException">Something is wrong with it.</exception>
    public static IReadOnlyList<PollItem> Read(string path) => PollFile.ReadItems(path, SamplerCatalog.Contains);

    /// <summary>Adds an item to a configuration file, which is made when it is not there.</summary>
    public static void Add(string path, PollItem item)
    {
        Check(item);
        PollFile.Change(path, SamplerCatalog.Contains, items => items.Any(each => each.Name == item.Name)
            ? throw new NameTakenException($"The file '{path}' has an item '{item.Name}' already. Remove it first, or choose another name.", item.Name)
            : [.. items, item]);
    }

    public static void Remove(string path, string name)
        => PollFile.Change(path, SamplerCatalog.Contains, items => items.All(each => each.Name != name)
            ? throw new NotFoundException($"The file '{path}' has no item '{name}'. Get-CdbPollItem lists those there are.", name)
            : [.. items.Where(each => each.Name != name)]);

    /// <summary>A poller of what the file says, or of no items yet.</summary>
    /// <exception cref="InvalidConfigurationException">Something is wrong with the file.</exception>
    public static CdbPoller Open(PollerRequest request)
    {
        string? path = request.Path;
        PollConfiguration configuration = path is null ? new PollConfiguration() : PollFile.Read(path, s_context);
        PollDestination destination = configuration.Destination;
        CdbLogger? logger = request.Logger ?? request.FindLogger(destination.Logger);
        if (logger is not null && (request.Logger is null || !destination.IsOfRpdemo))
        {
            Apply(destination, logger, request.Warn);
        }

        LoggerOutput? output = logger is null ? null : new LoggerOutput(logger.Logger, request.Measurement ?? destination.Measurement);
        PollerOptions options = new()
        {
            Write = values => output?.Write(values) ?? [],
            Keep = path is null ? null : change => PollFile.Change(path, SamplerCatalog.Contains, change),
            Metrics = MetricsOf(configuration, request.MetricsInterval),
        };
        options = (request.Concurrency ?? configuration.Concurrency) is { } most ? options with { Concurrency = most } : options;
        return new CdbPoller(new Poller(options, configuration.Items), path, logger);
    }

    private static PollMetrics? MetricsOf(PollConfiguration configuration, TimeSpan? interval)
        => interval is { } given ? (configuration.Metrics ?? new PollMetrics { Interval = given }) with { Interval = given } : configuration.Metrics;

    /// <summary>Gives the logger the destinations and settings of the file.</summary>
    private static void Apply(PollDestination destination, CdbLogger logger, Action<string> warn)
    {
        foreach (string other in destination.ApplyTo(logger.Logger))
        {
            warn($"The logger '{logger.Path}' also sends to '{other}', which the configuration does not name. If it is not to, remove it: Set-CdbLogger -RemoveSink '{other}'.");
        }
    }

    private static void Check(PollItem item)
    {
        if (item.Faults().FirstOrDefault() is { } fault)
        {
            throw new InvalidValueException(fault, item.Name);
        }

        if (!SamplerCatalog.Contains(item.Key))
        {
            throw new NotFoundException($"There is no sampler '{item.Key}'. Get-CdbSampler lists those there are, and Register-CdbSampler adds one.", item.Key);
        }

        if (SamplerCatalog.FaultOf(item) is { } ofArgument)
        {
            throw new InvalidValueException(ofArgument, item.Name);
        }
    }
}
