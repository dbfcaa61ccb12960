using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Scripts;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Subscriptions;

/// <summary>An action that runs in the background for each batch of new datapoints of a stream, until it is unregistered.</summary>
public sealed class CdbSubscription : IDisposable
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(2);
    private static int s_lastId;
    private readonly ISubscription _source;
    private readonly ScriptRunspace _runspace;
    private readonly ScriptErrors _errors;
    private readonly Action<string> _warn;
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private long _delivered;
    private long _acknowledged;
    private bool _hasWarned;

    internal CdbSubscription(CdbConnection connection, ISubscription source, BackgroundScript action)
    {
        Connection = connection;
        Action = action.Script.ToString().Trim();
        Registered = TimeProvider.System.GetLocalNow();
        _source = source;
        _runspace = new ScriptRunspace(action) { Variables = { ["Subscription"] = this } };
        _errors = new ScriptErrors(action.Caller, $"The action of subscription {Id} ({Stream})", "Get-CdbSubscription");
        _warn = action.Caller.Warn;
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Number of the subscription, unique in this process.</summary>
    public int Id { get; } = Interlocked.Increment(ref s_lastId);

    /// <summary>The path of the stream or its downlink.</summary>
    public string Stream => Path.ToString();

    internal CdbPath Path => _source.Query.Stream;

    public string? Transform => _source.Query.Transform;

    public CdbConnection Connection { get; }

    public string Action { get; }

    public DateTimeOffset Registered { get; }

    /// <summary>True when it was unregistered or its connection is closed.</summary>
    internal bool IsOver => _over.IsCancellationRequested || !Connection.IsOpen;

    /// <summary>False when it was unregistered, its connection was closed, or its stream is deleted or no longer readable; see <see cref="LastError"/>.</summary>
    public bool IsRunning => !_work.IsCompleted;

    public CdbSubscriptionState State => !IsRunning ? CdbSubscriptionState.Ended : Interruption is null ? CdbSubscriptionState.Running : CdbSubscriptionState.Reconnecting;

    /// <summary>Number of datapoints that the action was run with.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Number of datapoints that a downlink action wrote to the stream.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Number of stored datapoints that the action was not yet run with; null when the database does not respond.</summary>
    public long? Pending
    {
        get
        {
            try
            {
                return IsRunning && Interruption is null ? Math.Max(0, Await.Result(Connection.Client.CountAsync(Path, CancellationToken.None)) - _source.Position) : null;
            }
            catch (CdbException)
            {
                return null;
            }
        }
    }

    /// <summary>Number of datapoints of an ephemeral stream that were dropped because the action was too slow.</summary>
    public long Missed => _source.Missed;

    /// <summary>Number of errors in the action, in the transform, or from the database.</summary>
    public long Errors => _errors.Count;

    /// <summary>The newest error; while the server does not respond, the reason.</summary>
    public ErrorRecord? LastError => IsRunning && Interruption is { } error ? ErrorRecords.Of(error, Stream) : _errors.Last;

    private CdbException? Interruption => _source.Interruption;

    public override string ToString() => $"{Id}: {Stream}";

    /// <summary>Ends the subscription and stops a running action, unless the action itself is the caller.</summary>
    public void Dispose()
    {
        _over.Cancel();
        if (_runspace.IsCurrent)
        {
            return;
        }

        _stop.Cancel();
        _work.Wait(s_stopTimeout);
    }

    private async Task WorkAsync()
    {
        try
        {
            while (!_over.IsCancellationRequested && await FollowAsync().ConfigureAwait(false))
            {
            }
        }
        catch (OperationCanceledException)
        {
            // The subscription was unregistered.
        }
        finally
        {
            await _source.DisposeAsync().ConfigureAwait(false);
            _runspace.Dispose();
        }
    }

    /// <summary>Runs the action for each batch until the first error; returns true when the subscription can continue.</summary>
    private async Task<bool> FollowAsync()
    {
        try
        {
            await foreach (Block points in _source.ReadAsync(_over.Token).ConfigureAwait(false))
            {
                await ActAsync(points).ConfigureAwait(false);
            }

            return false;
        }
        catch (ScriptRuntimeException error)
        {
            _errors.Add(ErrorRecords.Of(error, Stream));
            return true;
        }
        catch (StoreException error) when (error.Fault != StoreFault.Closed)
        {
            _errors.Add(ErrorRecords.Of(error, Stream));
            await Task.Delay(s_retryDelay, _over.Token).ConfigureAwait(false);
            return true;
        }
        catch (CdbException error)
        {
            _errors.Add(ErrorRecords.Of(error, Stream));
            return false;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _errors.Add(new ErrorRecord(error, "SubscriptionFailed", ErrorCategory.NotSpecified, Stream));
            return false;
        }
    }

    private async Task ActAsync(Block points)
    {
        try
        {
            Datapoint[] data = [.. Enumerable.Range(0, points.Count).Select(i => points.At(i, Path))];
            ScriptResult result = await _runspace.RunAsync(data, [Stream, data], _stop.Token).ConfigureAwait(false);
            Interlocked.Add(ref _delivered, points.Count);
            foreach (ErrorRecord error in result.Errors)
            {
                _errors.Add(error);
            }

            if (Path.IsDownlink && result.Terminating is null)
            {
                await AcknowledgeAsync(points, new Acknowledgement(result.Output)).ConfigureAwait(false);
            }
        }
        catch (CdbException error)
        {
            _errors.Add(ErrorRecords.Of(error, Stream));
        }
    }

    private async Task AcknowledgeAsync(Block received, Acknowledgement acknowledgement)
    {
        if (acknowledgement.HasOther && !_hasWarned)
        {
            _hasWarned = true;
            _warn($"The output of the action for {Stream} ends with {acknowledgement.Decision}, so the other output was ignored. Assign it to $null. (Shown once.)");
        }

        Block points = acknowledgement.Of(received);
        if (points.Count == 0)
        {
            return;
        }

        CdbPath stream = Path.ToStream();
        if (Connection.Client.Identity != stream.Parent)
        {
            throw new PermissionDeniedException($"'{Connection.Identity}' cannot write to '{stream}' in response to its downlink; only '{stream.Parent}' can. Register the action on a connection with -As {stream.Parent}.", stream);
        }

        AppendResult result = await Connection.Client.AppendAsync(stream, points, restamp: true, CancellationToken.None).ConfigureAwait(false);
        Interlocked.Add(ref _acknowledged, result.Count);
    }
}
