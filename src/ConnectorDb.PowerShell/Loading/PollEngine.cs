using ConnectorDb.Contracts;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Polling.Configuration;
using ConnectorDb.Polling;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>The doorway to samplers and pollers.</summary>
internal static class PollEngine
{
    /// <summary>All samplers, by key.</summary>
    public static IReadOnlyList<SamplerInfo> Samplers => SamplerCatalog.All;

    public static void Register(SamplerInfo info, Func<SamplerContext, ISampler> make) => SamplerCatalog.Register(info, make);

    /// <summary>The items of a configuration file.</summary>
    /// <exception cref="InvalidConfigurationException">Something is wrong with it.</exception>
    public static IReadOnlyList<PollItem> Read(string path) => PollFile.Read(path, SamplerCatalog.Contains).Items;

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
    /// <param name="path">The configuration file; null for none.</param>
    /// <param name="concurrency">Measurements at once; null for what the file says.</param>
    /// <param name="measurement">What values become points of; null for what the file says.</param>
    /// <param name="logger">Opens the logger that was named, or that the file names; its answer is null when none was.</param>
    public static CdbPoller Open(string? path, int? concurrency, string? measurement, Func<string?, CdbLogger?> logger)
    {
        PollConfiguration configuration = path is null ? new PollConfiguration() : PollFile.Read(path, SamplerCatalog.Contains);
        CdbLogger? opened = logger(configuration.Logger);
        LoggerOutput? output = opened is null ? null : new LoggerOutput(opened.Logger, measurement ?? configuration.Measurement);
        PollerOptions options = new()
        {
            Write = values => output?.Write(values),
            Keep = path is null ? null : change => PollFile.Change(path, SamplerCatalog.Contains, change),
        };
        options = (concurrency ?? configuration.Concurrency) is { } most ? options with { Concurrency = most } : options;
        return new CdbPoller(new Poller(options, configuration.Items), path, opened);
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
    }
}
