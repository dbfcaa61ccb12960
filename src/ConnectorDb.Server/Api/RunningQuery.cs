using ConnectorDb.Core.Engine;
using ConnectorDb.Server.Options;
using ConnectorDb.Server.Security;

namespace ConnectorDb.Server.Api;

/// <summary>A query that runs for a response. It ends when its client leaves, when its login ends, and when the server stops.</summary>
internal sealed class RunningQuery : IDisposable
{
    /// <summary>A query that takes less time is over before its login is watched, which costs a read of the store.</summary>
    private static readonly TimeSpan s_unwatched = TimeSpan.FromMilliseconds(100);

    /// <summary>Time in which a response that has begun may still end when the server stops. A longer one is incomplete, and its client repeats it.</summary>
    private static readonly TimeSpan s_atStop = TimeSpan.FromSeconds(2);

    /// <summary>The part of the stop patience that this is at most.</summary>
    private const double ShareOfPatience = 0.5;

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(10);

    private readonly HttpContext _context;
    private readonly CancellationTokenSource _ending;
    private readonly CancellationTokenRegistration _stop;
    private readonly ITimer? _watchLater;
    private readonly Lock _lock = new();
    private IDisposable? _login;
    private CdbException? _reason;
    private bool _isOver;

    private RunningQuery(HttpContext context)
    {
        _context = context;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        _stop = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(Stop);
        _watchLater = context.Caller().IsAnonymous ? null : context.RequestServices.GetRequiredService<TimeProvider>().CreateTimer(_ => Watch(), null, s_unwatched, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Is cancelled at the end of the query.</summary>
    public CancellationToken Ended => _ending.Token;

    /// <summary>The reason for which the server ends the query; null when it does not.</summary>
    public CdbException? Reason => Volatile.Read(ref _reason);

    public static RunningQuery Begin(HttpContext context) => new(context);

    /// <summary>The result of a query that is complete before its response begins.</summary>
    public static async Task<T> ResultAsync<T>(HttpContext context, Func<CancellationToken, ValueTask<T>> run)
    {
        // See DatapointResponse: only then is it noticed that the client leaves.
        await Task.Yield();
        using RunningQuery query = Begin(context);
        try
        {
            return await run(query.Ended);
        }
        catch (OperationCanceledException) when (query.Reason is not null)
        {
            throw query.Reason;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        _watchLater?.Dispose();
        _login?.Dispose();
        _stop.Dispose();
        _ending.Dispose();
    }

    private void Watch()
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                // An exception would leave the timer and end the process.
                try
                {
                    _login = _context.RequestServices.GetRequiredService<CdbEngine>().WatchLogin(
                        _context.Caller().Login,
                        () => End(new AuthenticationException("The login of this query has ended. Log in again.", null), TimeSpan.Zero));
                }
                catch (CdbException error)
                {
                    End(error, TimeSpan.Zero);
                }
            }
        }
    }

    // A query can be repeated, and has taken nothing from its client before the response begins.
    private void Stop()
    {
        TimeSpan share = TimeSpan.FromSeconds(_context.RequestServices.GetRequiredService<ServerOptions>().StopPatience) * ShareOfPatience;
        End(
            new ServerBusyException(StatusCodes.Status503ServiceUnavailable, "The server stops, and has ended this query. Repeat it when the server runs again.", s_retry),
            !_context.Response.HasStarted ? TimeSpan.Zero : share < s_atStop ? share : s_atStop);
    }

    private void End(CdbException reason, TimeSpan delay)
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                Volatile.Write(ref _reason, reason);
                _ending.CancelAfter(delay);
            }
        }
    }
}
