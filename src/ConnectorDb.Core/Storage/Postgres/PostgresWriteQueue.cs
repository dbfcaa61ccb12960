using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The queue of the writers of this process, which commits in groups. Work that arrives while a commit is under way goes into the next one.</summary>
/// <remarks>One of the writers leads: it runs the work of all that wait. No thread waits for those that call asynchronously.</remarks>
internal sealed class PostgresWriteQueue : IDisposable
{
    private readonly WriterConnection _connection;
    private readonly AppendCommit _commit;
    private readonly object _gate = new();
    private readonly List<WriteRequest<IStoreWriter>> _waiting = [];
    private bool _isLed;
    private bool _isClosed;

    /// <param name="committed">Called after each commit.</param>
    public PostgresWriteQueue(WriterConnection connection, Action committed)
    {
        _connection = connection;
        _commit = new AppendCommit(connection, TakeWaiting, committed);
    }

    /// <param name="isAsync">False if this thread is to wait.</param>
    public async ValueTask<T> RunAsync<T>(Func<IStoreWriter, T> work, bool isAsync, CancellationToken cancellation)
    {
        WriteRequest<IStoreWriter, T> request = new(work, cancellation);
        if (!TryLead(request))
        {
            await using CancellationTokenRegistration withdrawal = cancellation.Register(() => Withdraw(request));
            bool isLeader = isAsync ? await request.Promoted.ConfigureAwait(false) : request.Promoted.GetAwaiter().GetResult();
            if (!isLeader)
            {
                return request.Result();
            }
        }

        List<WriteRequest<IStoreWriter>> requests = [request];
        Exception?[] failures = await _commit.RunAsync(requests, isAsync).ConfigureAwait(false);

        // The next group is stored while the results of this one are delivered.
        PassLead();
        for (int i = 0; i < requests.Count; i++)
        {
            requests[i].Complete(failures[i]);
        }

        return request.Result();
    }

    /// <summary>Waits for the running group, and refuses waiting and later work.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (WriteRequest<IStoreWriter> request in TakeWaiting())
            {
                request.Complete(PostgresFaults.Closed(_connection.Location));
            }

            while (_isLed)
            {
                Monitor.Wait(_gate);
            }
        }

        _connection.Dispose();
    }

    /// <summary>True when the request becomes the leader; otherwise it waits in the queue.</summary>
    private bool TryLead(WriteRequest<IStoreWriter> request)
    {
        lock (_gate)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            if (_isClosed)
            {
                throw PostgresFaults.Closed(_connection.Location);
            }

            if (!_isLed)
            {
                return _isLed = true;
            }

            request.BeginWait();
            _waiting.Add(request);
            return false;
        }
    }

    /// <summary>Cancels a waiting request.</summary>
    private void Withdraw(WriteRequest<IStoreWriter> request)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(request))
            {
                return;
            }
        }

        request.Complete(new OperationCanceledException(request.Cancellation));
    }

    /// <summary>Makes the first waiting request the leader.</summary>
    private void PassLead()
    {
        WriteRequest<IStoreWriter>? next = null;
        lock (_gate)
        {
            if (_waiting.Count > 0)
            {
                next = _waiting[0];
                _waiting.RemoveAt(0);
            }
            else
            {
                _isLed = false;
                Monitor.PulseAll(_gate);
            }
        }

        next?.Promote();
    }

    private WriteRequest<IStoreWriter>[] TakeWaiting()
    {
        lock (_gate)
        {
            WriteRequest<IStoreWriter>[] requests = [.. _waiting];
            _waiting.Clear();
            return requests;
        }
    }
}
