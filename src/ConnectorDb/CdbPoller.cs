using ConnectorDb.Contracts;
using ConnectorDb.Polling;

namespace ConnectorDb;

/// <summary>A poller that was started in this session.</summary>
public sealed class CdbPoller : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly IPoller _poller;
    private int _closed;

    /// <summary>Takes over the poller: closing this closes it.</summary>
    public CdbPoller(IPoller poller, string? path, CdbLogger? logger)
    {
        ArgumentNullException.ThrowIfNull(poller);
        (_poller, Path, Logger) = (poller, path, logger);
    }

    /// <summary>The configuration file; null when its items came otherwise.</summary>
    public string? Path { get; }

    /// <summary>Where values go; null when they are only shown.</summary>
    public CdbLogger? Logger { get; }

    public bool IsRunning => Status.IsRunning;

    public bool IsOpen => Volatile.Read(ref _closed) == 0;

    /// <summary>How each item stands.</summary>
    public PollItemStatus[] Items => [.. _poller.Items];

    public PollerStatus Status => _poller.GetStatus();

    public long Values => Status.Values;

    public long Errors => Status.Errors;

    public long Missed => Status.Missed;

    /// <inheritdoc cref="PollerStatus.Waiting"/>
    public int Waiting => Status.Waiting;

    /// <inheritdoc cref="PollerStatus.Unwritten"/>
    public int Unwritten => Status.Unwritten;

    /// <exception cref="StoreException">It is stopped.</exception>
    internal IPoller Poller => IsOpen
        ? _poller
        : throw new StoreException(StoreFault.Closed, "The poller is stopped; start one again with Start-CdbPoller.", Path);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _poller.StopAsync(s_patience).GetAwaiter().GetResult();
            _poller.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public override string ToString() => Path ?? $"the poller of {CountText.Of(Items.Length, "item")}";
}
