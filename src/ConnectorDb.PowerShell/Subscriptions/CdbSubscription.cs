using System.Management.Automation;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Subscriptions;

/// <summary>An action that runs in the background with what arrives in a stream, batch by batch, until it is unregistered.</summary>
public sealed class CdbSubscription : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
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

    /// <summary>Tells it from the others of this process.</summary>
    public int Id { get; } = Interlocked.Increment(ref s_lastId);

    /// <summary>The stream, or its downlink.</summary>
    public CdbPath Stream => _source.Query.Stream;

    public string? Transform => _source.Query.Transform;

    public CdbConnection Connection { get; }

    public string Action { get; }

    public DateTimeOffset Registered { get; }

    /// <summary>It was unregistered, or its connection closed.</summary>
    internal bool IsOver => _over.IsCancellationRequested || !Connection.IsOpen;

    /// <summary>False after it was unregistered, its connection closed, or its stream or the right to read it lost: see <see cref="LastError"/>.</summary>
    public bool IsRunning => !_work.IsCompleted;

    /// <summary>Datapoints that the action was run with.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Datapoints that the answers of the action put in the stream, of a downlink.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Datapoints that are there and were not handed to the action yet; null when the database cannot be asked.</summary>
    public long? Pending
    {
        get
        {
            try
            {
                return IsRunning ? Math.Max(0, Answer.Of(Connection.Client.CountAsync(Stream, CancellationToken.None)) - _source.Position) : null;
            }
            catch (CdbException)
            {
                return null;
            }
        }
    }

    /// <summary>Datapoints of a stream that keeps nothing that were dropped, because the action was too slow.</summary>
    public long Missed => _source.Missed;

    /// <summary>How often something went wrong: in the action, in the transform, or with the database.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    public ErrorRecord? LastError { get; private set; }

    public override string ToString() => $"{Id}: {Stream}";

    /// <summary>Ends it, and the action with it if it is running; only the action itself runs on to its end.</summary>
    public void Dispose()
    {
        _over.Cancel();
        if (_runspace.IsCurrent)
        {
            return;
        }

        _runspace.Stop();
        _work.Wait(s_patience);
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
            // Unregistered.
        }
        finally
        {
            await _source.DisposeAsync().ConfigureAwait(false);
            _runspace.Dispose();
        }
    }

    /// <summary>Runs the action with what arrives until something goes wrong; whether one may go on is the answer.</summary>
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
            await Task.Delay(s_pause, _over.Token).ConfigureAwait(false);
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
            throw new PermissionDeniedException($"'{Connection.Identity}' cannot answer for '{stream}'; only '{stream.Parent}' writes it. Register the action on a connection with -As {stream.Parent}.", stream);
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
