using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.Sinks;

namespace ConnectorDb;

/// <summary>An open logger of this session.</summary>
public sealed class CdbLogger : IDisposable
{
    private readonly IDataLogger _logger;
    private int _closed;

    /// <summary>Takes ownership of the logger.</summary>
    public CdbLogger(IDataLogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
        logger.Synced += result => Synced?.Invoke(this, result);
    }

    /// <summary>Raised after each sync.</summary>
    public event EventHandler<SyncResult>? Synced;

    /// <summary>Raised when the logger is closed.</summary>
    public event EventHandler? Closed;

    /// <summary>The file.</summary>
    public string Path => _logger.Path;

    public bool IsOpen => Volatile.Read(ref _closed) == 0;

    /// <summary>The display name; without one, the device that the logger logs in as, known after the first sync or test.</summary>
    public string Name => Logger.Settings.Name is { Length: > 0 } name ? name : Destinations.Select(each => each.Login).FirstOrDefault(login => login is not null) ?? "";

    public TimeSpan SyncPeriod => Logger.Settings.SyncPeriod;

    /// <summary>User-defined data.</summary>
    public object? Data => Logger.Settings.Data is { } json ? DataValue.Parse(json).ToNatural() : null;

    /// <summary>The names of the channels.</summary>
    public string[] Streams => [.. Logger.Channels.Select(channel => channel.Name)];

    /// <summary>The declarations of the channels.</summary>
    public LogChannel[] Channels => [.. Logger.Channels];

    /// <summary>The settings of the destinations.</summary>
    /// <exception cref="AuthenticationException">A secret was encrypted by another account or on another machine.</exception>
    public SinkSettings[] Sinks => [.. Logger.Sinks];

    /// <summary>True while the logger syncs in the background.</summary>
    public bool IsRunning => IsOpen && _logger.GetStatus().IsRunning;

    /// <summary>The number of entries in the file.</summary>
    public long Cached => Status.Cached;

    /// <summary>The progress of each destination.</summary>
    public DestinationStatus[] Destinations => Status.Destinations;

    /// <summary>The time of the last sync after which nothing waited for any destination; null before that.</summary>
    public DateTimeOffset? LastSync
    {
        get
        {
            DateTimeOffset?[] ends = [.. Destinations.Where(each => !each.IsLeaving).Select(each => each.LastSync)];
            return ends.Contains(null) ? null : ends.Min();
        }
    }

    /// <summary>The current status.</summary>
    public LoggerStatus Status => Logger.GetStatus();

    /// <exception cref="StoreException">The logger is closed.</exception>
    internal IDataLogger Logger => IsOpen
        ? _logger
        : throw new StoreException(StoreFault.Closed, $"The logger '{Path}' is closed. Open it again with Start-CdbLogger.", Path);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _logger.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Closed?.Invoke(this, EventArgs.Empty);
        }
    }

    public override string ToString() => Path;
}
