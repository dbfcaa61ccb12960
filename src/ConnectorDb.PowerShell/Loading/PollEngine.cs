using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Hosting;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Polling.Configuration;
using ConnectorDb.Polling;
using ConnectorDb.PowerShell.Threading;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>Calls the samplers and pollers in the engine.</summary>
internal static class PollEngine
{
    /// <summary>All samplers, by key.</summary>
    public static IReadOnlyList<SamplerInfo> Samplers => SamplerCatalog.All;

    public static void Register(SamplerInfo info, Func<SamplerContext, ISampler> make) => SamplerCatalog.Register(info, make);

    /// <summary>The items of a configuration file.</summary>
    /// <exception cref="InvalidConfigurationException">The file is invalid.</exception>
    public static IReadOnlyList<PollItem> Read(string path) => PollFile.ReadItems(path, SamplerCatalog.Contains);

    /// <summary>Adds an item to a configuration file, and creates a missing file.</summary>
    public static void Add(string path, PollItem item)
    {
        Check(item);
        PollFile.Change(path, SamplerCatalog.Contains, items =>
        {
            DemandFree(items, path, item);
            return [.. items, item];
        });
    }

    /// <summary>Checks an item that is to be added to a configuration file, without changing the file.</summary>
    /// <exception cref="NameTakenException">The file has an item of this name.</exception>
    public static void CheckToAdd(string path, PollItem item)
    {
        Check(item);
        if (File.Exists(path))
        {
            DemandFree(Read(path), path, item);
        }
    }

    private static void DemandFree(IEnumerable<PollItem> items, string path, PollItem item)
    {
        if (items.Any(each => each.Name == item.Name))
        {
            throw new NameTakenException($"The file '{path}' already has an item '{item.Name}'. Remove that item, or choose another name.", item.Name);
        }
    }

    /// <exception cref="NotFoundException">The file has no item of this name.</exception>
    public static void Remove(string path, string name)
        => PollFile.Change(path, SamplerCatalog.Contains, items => [.. items.Except([Find(items, path, name)])]);

    /// <exception cref="NotFoundException">The file has no item of this name.</exception>
    public static PollItem Find(string path, string name) => Find(Read(path), path, name);

    /// <summary>Opens a poller for the items of the file, or without items.</summary>
    /// <exception cref="InvalidConfigurationException">The file is invalid.</exception>
    public static CdbPoller Open(PollerRequest request)
    {
        CdbLogger? logger = null;
        Poller poller = PollerHost.Open(new PollerHostOptions
        {
            Path = request.Path,
            CheckSink = sink => Await.Completion(LoggerEngine.OpenSink(sink).DisposeAsync()),
            CompleteSink = sink => sink is ScriptSinkSettings script ? LoggerEngine.WithScript(script, request.Background(ScriptBlock.Create(script.Script))) : sink,
            OpenLogger = named => (logger = request.Logger ?? request.FindLogger(named))?.Logger,
            IsLoggerChosen = request.Logger is not null,
            Measurement = request.Measurement,
            Concurrency = request.Concurrency,
            MetricsInterval = request.MetricsInterval,
            OnOtherSink = other => request.Warn($"The logger '{logger!.Path}' also sends to '{other}', which the configuration does not contain. To stop that: Set-CdbLogger -RemoveSink '{other}'."),
        });
        return new CdbPoller(poller, request.Path, logger);
    }

    private static PollItem Find(IReadOnlyList<PollItem> items, string path, string name)
        => items.FirstOrDefault(each => each.Name == name)
            ?? throw new NotFoundException($"The file '{path}' has no item '{name}'. Get-CdbPollItem lists the items.", name);

    /// <exception cref="InvalidValueException">A property of the item is not valid.</exception>
    /// <exception cref="NotFoundException">There is no such sampler.</exception>
    public static void Check(PollItem item)
    {
        if (item.Faults().FirstOrDefault() is { } fault)
        {
            throw new InvalidValueException(fault, item.Name);
        }

        if (!SamplerCatalog.Contains(item.Key))
        {
            throw new NotFoundException($"There is no sampler '{item.Key}'. Get-CdbSampler lists the samplers, and Register-CdbSampler adds one.", item.Key);
        }

        if (SamplerCatalog.FaultOf(item) is { } ofArgument)
        {
            throw new InvalidValueException(ofArgument, item.Name);
        }
    }
}
