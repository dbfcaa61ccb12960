using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Polling.Configuration;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Server.Options;
using ConnectorDb.Sinks;

namespace ConnectorDb.Server.Polling;

/// <summary>Runs a poller, and the logger that receives its values, while the server runs.</summary>
internal sealed partial class PollingService : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(10);
    private readonly DataLogger _logger;
    private readonly ILogger _log;
    private int _disposals;

    /// <exception cref="InvalidConfigurationException">Something is wrong with the file.</exception>
    /// <exception cref="InvalidValueException">Nothing is said of where values go.</exception>
    /// <exception cref="StoreException">The logger cannot be opened.</exception>
    public PollingService(string path, ServerOptions settings, TimeProvider time, ILogger<PollingService> log)
    {
        _log = log;
        SinkContext sinks = new() { Connect = SettingsClient.Open, Time = time };
        PollConfiguration configuration = PollFile.Read(path, Context(settings, sinks));
        PollDestination destination = configuration.Destination;
        _logger = DataLogger.Open(new DataLoggerOptions
        {
            Path = settings.PollLogger ?? destination.Logger ?? throw new InvalidValueException($"'{path}' does not say where values go. Name a logger with --poll-logger, or a logger or sinks as destination in the file.", path),
            OpenSink = sink => SinkCatalog.Open(sink, sinks),
            Time = time,
        });
        if (!destination.IsOfRpdemo || settings.PollLogger is null)
        {
            Apply(destination);
        }

        PollingLog report = new(log);
        _logger.Synced += report.LogSync;
        PollerOptions options = new()
        {
            Write = report.WithLogging(new LoggerOutput(_logger, destination.Measurement).Write),
            Keep = change => PollFile.Change(path, SamplerCatalog.Contains, change),
            Metrics = configuration.Metrics,
            Turned = report.LogState,
            Time = time,
        };
        Poller = new Poller(configuration.Concurrency is { } most ? options with { Concurrency = most } : options, configuration.Items);
    }

    public IPoller Poller { get; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _logger.Start();
        Poller.Start();
        string destinations = string.Join(", ", _logger.GetStatus().Destinations.Select(each => $"{each.Name} ({each.Location})"));
        Polls(_log, Poller.Items.Count, _logger.Path, destinations.Length > 0 ? destinations : "nothing yet");
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Poller.StopAsync(s_stopTimeout);
        await _logger.StopAsync(s_stopTimeout);
    }

    /// <summary>Once: the container knows it by two names.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposals, 1) == 0)
        {
            await Poller.DisposeAsync();
            await _logger.DisposeAsync();
        }
    }

    private static PollFileContext Context(ServerOptions settings, SinkContext sinks) => new()
    {
        Knows = SamplerCatalog.Contains,
        Check = sink => Check(sink, sinks),
        InfluxDb = settings.PollInfluxDb,
    };

    /// <summary>Makes the sink, which reaches out for nothing yet.</summary>
    private static void Check(SinkSettings sink, SinkContext sinks)
    {
        if (sink is ScriptSettings)
        {
            throw new InvalidValueException("A script block runs in PowerShell only. Poll with Start-CdbPoller, or send to something else.", sink.Name);
        }

        SinkCatalog.Open(sink, sinks).DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private void Apply(PollDestination destination)
    {
        foreach (string other in destination.ApplyTo(_logger))
        {
            SendsElsewhereToo(_log, _logger.Path, other);
        }
    }

    [LoggerMessage(LogLevel.Information, "Polling {Count} items into the logger '{Logger}', which sends to {Destinations}.")]
    private static partial void Polls(ILogger log, int count, string logger, string destinations);

    [LoggerMessage(LogLevel.Warning, "The logger '{Logger}' also sends to '{Destination}', which the configuration does not name. If it is not to, remove it: New-CdbLogger '{Logger}' | Set-CdbLogger -RemoveSink '{Destination}'.")]
    private static partial void SendsElsewhereToo(ILogger log, string logger, string destination);
}
