namespace ConnectorDb.Core.Files;

/// <summary>The queue of the writers of this process, which commits in groups.</summary>
/// <remarks>
/// One writer leads: it takes the write lock of the file, runs the work of all waiting writers, and commits once. A commit costs a flush of
/// the disk, so the throughput grows with the number of writers.
/// </remarks>
internal sealed class WriteQueue<TState>
    where TState : ISqliteState
{
    private readonly string _path;
    private readonly GroupCommit<TState> _group;
    private readonly object _gate = new();
    private readonly List<WriteRequest<TState>> _waiting = [];
    private bool _isLed;
    private bool _isClosed;

    public WriteQueue(TState state, string path, TimeSpan patience)
    {
        _path = path;
        _group = new GroupCommit<TState>(state, path, patience, TakeWaiting);
    }

    /// <summary>Known after <see cref="Close"/>: another program has replaced the file, and the write-ahead log at the path still belongs to the one that was opened.</summary>
    public bool LeavesLog => _group.LeavesLog;

    public T Run<T>(Func<TState, T> work, CancellationToken cancellation)
    {
        WriteRequest<TState, T> request = new(work, cancellation);
        if (!TryLead(request))
        {
            using CancellationTokenRegistration withdrawal = cancellation.Register(() => Withdraw(request));
            if (!request.Promoted.GetAwaiter().GetResult())
            {
                return request.Result();
            }
        }

        Lead(request);
        return request.Result();
    }

    /// <summary>Runs work like <see cref="Run"/> without a blocked thread; a writer that becomes the leader runs the group before it returns.</summary>
    public async ValueTask<T> RunAsync<T>(Func<TState, T> work, CancellationToken cancellation)
    {
        WriteRequest<TState, T> request = new(work, cancellation);
        if (!TryLead(request))
        {
            await using CancellationTokenRegistration withdrawal = cancellation.Register(() => Withdraw(request));
            if (!await request.Promoted.ConfigureAwait(false))
            {
                return request.Result();
            }
        }

        Lead(request);
        return request.Result();
    }

    /// <summary>Waits for the running group, and refuses waiting and later work.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (WriteRequest<TState> request in TakeWaiting())
            {
                request.Complete(SqliteFaults.Closed(_path));
            }

            while (_isLed)
            {
                Monitor.Wait(_gate);
            }
        }

        _group.Close();
    }

    /// <summary>True when the request becomes the leader; otherwise it waits in the queue.</summary>
    private bool TryLead(WriteRequest<TState> request)
    {
        lock (_gate)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            if (_isClosed)
            {
                throw SqliteFaults.Closed(_path);
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
    private void Withdraw(WriteRequest<TState> request)
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

    private void Lead(WriteRequest<TState> leader)
    {
        List<WriteRequest<TState>> requests = [leader];
        Exception?[] failures = _group.Run(requests);

        // The next group writes to the disk while the results of this one are delivered.
        PassLead();
        for (int i = 0; i < requests.Count; i++)
        {
            requests[i].Complete(failures[i]);
        }
    }

    /// <summary>Makes the first waiting request the leader.</summary>
    private void PassLead()
    {
        WriteRequest<TState>? next = null;
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

    private WriteRequest<TState>[] TakeWaiting()
    {
        lock (_gate)
        {
            WriteRequest<TState>[] requests = [.. _waiting];
            _waiting.Clear();
            return requests;
        }
    }
}
