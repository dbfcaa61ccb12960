using ConnectorDb.Contracts;
using ConnectorDb.Logging;

namespace ConnectorDb;

/// <summary>A logger that is open in this session.</summary>
public sealed class CdbLogger : IDisposable
{
    private readonly IDataLogger _logger;
    private int _closed;

    /// <summary>Takes over the logger: closing this closes it.</summary>
    public CdbLogger(IDataLogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
        logger.Synced += result => Synced?.Invoke(this, result);
    }

    /// <summary>After each round of sending.</summary>
    public event EventHandler<SyncResult>? Synced;

    /// <summary>The file.</summary>
    public string Path => _logger.Path;

    public bool IsOpen => Volatile.Read(ref _closed) == 0;

    public string Name => Logger.Settings.Name;

    public TimeSpan SyncPeriod => Logger.Settings.SyncPeriod;

    /// <summary>What the user keeps with the logger.</summary>
    public object? Data => Logger.Settings.Data is { } json ? DataValue.Parse(json).ToNatural() : null;

    /// <summary>What is recorded.</summary>
    public IReadOnlyList<string> Streams => [.. Logger.Channels.Select(channel => channel.Name)];

    /// <summary>Whether it sends in the background.</summary>
    public bool IsRunning => IsOpen && _logger.GetStatus().IsRunning;

    /// <summary>Items that lie in the file.</summary>
    public long Cached => Status.Cached;

    /// <summary>How far each destination has come.</summary>
    public IReadOnlyList<DestinationStatus> Destinations => Status.Destinations;

    /// <summary>How it stands now.</summary>
    public LoggerStatus Status => Logger.GetStatus();

    /// <exception cref="StoreException">It is closed.</exception>
    public IDataLogger Logger => IsOpen
        ? _logger
        : throw new StoreException(StoreFault.Closed, $"The logger '{Path}' is closed; open it again with Start-CdbLogger.", Path);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _logger.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public override string ToString() => Path;
}
