using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Hosting;
using ConnectorDb.Core.Logging;
using ConnectorDb.Core.Polling;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Logging;
using ConnectorDb.Server.Options;
using ConnectorDb.Sinks;

namespace ConnectorDb.Server.Polling;

/// <summary>Runs a poller, and the logger that receives its values, while the server runs.</summary>
internal sealed class PollingService : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(10);
    private readonly Poller _poller;
    private readonly PollingTurn _turn;
    private readonly ILogger _log;
    private DataLogger? _logger;
    private int _disposals;

    /// <exception cref="InvalidConfigurationException">The file is invalid.</exception>
    /// <exception cref="InvalidValueException">Neither settings nor file name a logger.</exception>
    /// <exception cref="StoreException">The logger cannot be opened.</exception>
    public PollingService(string path, CdbEngine engine, ServerOptions settings, TimeProvider time, ILogger<PollingService> log)
    {
        _log = log;
        _turn = new PollingTurn(engine, Begin, () => _poller!.StopAsync(s_stopTimeout), log);
        PollingLog report = new(log);
        SinkContext sinks = new() { Connect = SettingsClient.Open, Time = time };
        try
        {
            _poller = PollerHost.Open(new PollerHostOptions
            {
                Path = path,
                CheckSink = sink => Check(sink, sinks),
                InfluxDb = settings.PollInfluxDb,
                OpenLogger = named => _logger = DataLogger.Open(new DataLoggerOptions
                {
                    Path = settings.PollLogger ?? named ?? throw new InvalidValueException($"'{path}' does not name a destination for values. Name a logger with --poll-logger, or a logger or sinks as destination in the file.", path),
                    OpenSink = sink => SinkCatalog.Open(sink, sinks),
                    Time = time,
                }),
                IsLoggerChosen = settings.PollLogger is not null,
                OnOtherSink = other => log.OtherSink(_logger!.Path, other),
                Wrap = report.WithLogging,
                StateChanged = report.LogState,
                Time = time,
            });
        }
        catch
        {
            _logger?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }

        _logger!.Synced += report.LogSync;
    }

    public IPoller Poller => _poller;

    public LoggerStatus GetLoggerStatus() => _logger!.GetStatus();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _logger!.Start();
        _turn.Start();
        return Task.CompletedTask;
    }

    // The poller stops first, so that its last values are in the logger before that sends for the last time.
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _turn.StopAsync();
        await _logger!.StopAsync(s_stopTimeout, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        // The container disposes the service twice, because it is registered as itself and as a hosted service.
        if (Interlocked.Exchange(ref _disposals, 1) == 0)
        {
            await _turn.DisposeAsync();
            await Poller.DisposeAsync();
            await _logger!.DisposeAsync();
        }
    }

    private void Begin()
    {
        Poller.Start();
        string destinations = string.Join(", ", _logger!.GetStatus().Destinations.Select(each => $"{each.Name} ({each.Location})"));
        _log.Polls(Poller.Items.Count, _logger.Path, destinations.Length > 0 ? destinations : "no destination yet");
    }

    /// <summary>Opens the sink once, which does not connect yet, to find errors in its settings.</summary>
    private static void Check(SinkSettings sink, SinkContext sinks)
    {
        if (sink is ScriptSinkSettings)
        {
            throw new InvalidValueException("A script block runs in PowerShell only. Poll with Start-CdbPoller, or send to another kind of sink.", sink.Name);
        }

        SinkCatalog.Open(sink, sinks).DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
