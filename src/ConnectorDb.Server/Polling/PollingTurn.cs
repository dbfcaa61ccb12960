using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Storage;

namespace ConnectorDb.Server.Polling;

/// <summary>Begins to poll when no other server of the store does, and ends when another one may.</summary>
/// <param name="end">Called when the role was lost, and at the end.</param>
internal sealed class PollingTurn(CdbEngine engine, Action begin, Func<Task> end, ILogger log) : IAsyncDisposable
{
    private const string Role = "poll";

    /// <summary>The time until a server notices that another one ended, or that it lost the database.</summary>
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private IStoreLease? _lease;
    private Task _watching = Task.CompletedTask;

    public void Start()
    {
        if (!TryBegin())
        {
            log.WaitsForPolling();
        }

        _watching = Task.Run(WatchAsync);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        await end();
        Release();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private bool TryBegin()
    {
        try
        {
            _lease = engine.TryHold(Role);
        }
        catch (StoreException)
        {
            // The database is away; it is asked again in a second.
            return false;
        }

        if (_lease is null)
        {
            return false;
        }

        try
        {
            begin();
            return true;
        }
        catch
        {
            Release();
            throw;
        }
    }

    private void Release()
    {
        _lease?.Dispose();
        _lease = null;
    }

    private async Task WatchAsync()
    {
        using PeriodicTimer timer = new(s_period);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await CheckAsync();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task CheckAsync()
    {
        try
        {
            if (_lease is null)
            {
                TryBegin();
            }
            else if (!_lease.Confirm())
            {
                log.LosesPolling();
                await end();
                Release();
            }
        }
        catch (CdbException error)
        {
            log.PollingFails(error.Message);
        }
    }
}
