using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Polling.Configuration;
using ConnectorDb.Core.Sinks;

namespace ConnectorDb.Server.Hosting;

/// <summary>A poller and the logger that its values go to, while the server runs.</summary>
internal sealed class PollingService : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly DataLogger _logger;
    private int _disposals;

    /// <exception cref="InvalidConfigurationException">Something is wrong with the file.</exception>
    /// <exception cref="InvalidValueException">No logger is named.</exception>
    /// <exception cref="StoreException">The logger cannot be opened.</exception>
    public PollingService(string path, string? logger, TimeProvider time)
    {
        PollConfiguration configuration = PollFile.Read(path, SamplerCatalog.Contains);
        _logger = DataLogger.Open(new DataLoggerOptions
        {
            Path = logger ?? configuration.Logger ?? throw new InvalidValueException($"'{path}' says no logger that values go to. Make one with New-CdbLogger, and name it with --poll-logger or as destination in the file.", path),
            OpenSink = settings => SinkCatalog.Open(settings, new SinkContext { Connect = SettingsClient.Open, Time = time }),
            Time = time,
        });
        PollerOptions options = new()
        {
            Write = new LoggerOutput(_logger, configuration.Measurement).Write,
            Keep = change => PollFile.Change(path, SamplerCatalog.Contains, change),
            Time = time,
        };
        Poller = new Poller(configuration.Concurrency is { } most ? options with { Concurrency = most } : options, configuration.Items);
    }

    public IPoller Poller { get; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _logger.Start();
        Poller.Start();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Poller.StopAsync(s_patience);
        await _logger.StopAsync(s_patience);
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
}
