using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Threading;

namespace ConnectorDb.PowerShell.Subscriptions;

/// <summary>An action that runs in the background for each batch of new datapoints of a stream, until it is unregistered.</summary>
public sealed class CdbSubscription : IDisposable
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(2);
    private static int s_lastId;
    private readonly ISubscription _source;
    private readonly ActionRunspace _runspace;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _work;
    private long _delivered;
    private long _acknowledged;
    private long _errors;

    internal CdbSubscription(CdbConnection connection, ISubscription source, ActionRunspace runspace, string action)
    {
        Connection = connection;
        Action = action;
        Registered = TimeProvider.System.GetLocalNow();
        _source = source;
        _runspace = runspace;
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Number of the subscription, unique in this process.</summary>
    public int Id { get; } = Interlocked.Increment(ref s_lastId);

    /// <summary>The stream or its downlink.</summary>
    public CdbPath Stream => _source.Query.Stream;

    public string? Transform => _source.Query.Transform;

    public CdbConnection Connection { get; }

    public string Action { get; }

    public DateTimeOffset Registered { get; }

    /// <summary>True when it was unregistered or its connection is closed.</summary>
    internal bool IsOver => _over.IsCancellationRequested || !Connection.IsOpen;

    /// <summary>False when it was unregistered, its connection was closed, or its stream is deleted or no longer readable; see <see cref="LastError"/>.</summary>
    public bool IsRunning => !_work.IsCompleted;

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
                return IsRunning ? Math.Max(0, Await.Result(Connection.Client.CountAsync(Stream, CancellationToken.None)) - _source.Position) : null;
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
    public long Errors => Interlocked.Read(ref _errors);

    public ErrorRecord? LastError { get; private set; }

    public override string ToString() => $"{Id}: {Stream}";

    /// <summary>Ends the subscription and stops a running action, unless the action itself is the caller.</summary>
    public void Dispose()
    {
        _over.Cancel();
        if (_runspace.IsCurrent)
        {
            return;
        }

        _runspace.Stop();
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
            Count(ErrorRecords.Of(error, Stream));
            return true;
        }
        catch (StoreException error) when (error.Fault != StoreFault.Closed)
        {
            Count(ErrorRecords.Of(error, Stream));
            await Task.Delay(s_retryDelay, _over.Token).ConfigureAwait(false);
            return true;
        }
        catch (CdbException error)
        {
            Count(ErrorRecords.Of(error, Stream));
            return false;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Count(new ErrorRecord(error, "SubscriptionFailed", ErrorCategory.NotSpecified, Stream));
            return false;
        }
    }

    private async Task ActAsync(Block points)
    {
        try
        {
            Datapoint[] data = [.. Enumerable.Range(0, points.Count).Select(i => points.At(i, Stream))];
            (IReadOnlyList<PSObject?> output, IReadOnlyList<ErrorRecord> errors) = await _runspace.RunAsync(this, Stream, data).ConfigureAwait(false);
            Interlocked.Add(ref _delivered, points.Count);
            foreach (ErrorRecord error in errors)
            {
                Count(error);
            }

            if (Stream.IsDownlink)
            {
                await AcknowledgeAsync(Acknowledgement.Of(points, output)).ConfigureAwait(false);
            }
        }
        catch (RuntimeException error)
        {
            _over.Token.ThrowIfCancellationRequested();
            Interlocked.Add(ref _delivered, points.Count);
            Count(error.ErrorRecord);
        }
        catch (CdbException error)
        {
            Count(ErrorRecords.Of(error, Stream));
        }
    }

    private async Task AcknowledgeAsync(Block points)
    {
        if (points.Count == 0)
        {
            return;
        }

        CdbPath stream = Stream.ToStream();
        if (Connection.Identity != stream.Parent)
        {
            throw new PermissionDeniedException($"'{Connection.Identity}' cannot write to '{stream}' in response to its downlink; only '{stream.Parent}' can. Register the action on a connection with -As {stream.Parent}.", stream);
        }

        AppendResult result = await Connection.Client.AppendAsync(stream, points, restamp: true, CancellationToken.None).ConfigureAwait(false);
        Interlocked.Add(ref _acknowledged, result.Count);
    }

    private void Count(ErrorRecord error)
    {
        LastError = error;
        Interlocked.Increment(ref _errors);
    }
}
