namespace ConnectorDb.Core.Files;

/// <summary>The queue of the writers of this process, which commits in groups.</summary>
/// <remarks>
/// One writer leads: it runs and stores the work of all waiting writers. A commit costs a flush of the disk, or a round trip to the database,
/// so the throughput grows with the number of writers. Work that arrives during a commit goes into the next one.
/// </remarks>
/// <param name="closed">Creates the error of work that comes after the end.</param>
internal sealed class WriteQueue<TState>(IGroupCommit<TState> commit, Func<StoreException> closed) : IDisposable
{
    private readonly object _gate = new();
    private readonly List<WriteRequest<TState>> _waiting = [];
    private bool _isLed;
    private bool _isClosed;

    public T Run<T>(Func<TState, T> work, CancellationToken cancellation)
    {
        ValueTask<T> running = RunAsync(work, isAsync: false, cancellation);
        return running.IsCompletedSuccessfully ? running.Result : running.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Runs work like <see cref="Run"/> without a blocked thread, except that the leader of a file runs the group before it returns.</summary>
    public ValueTask<T> RunAsync<T>(Func<TState, T> work, CancellationToken cancellation) => RunAsync(work, isAsync: true, cancellation);

    /// <summary>Waits for the running group, and refuses waiting and later work.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (WriteRequest<TState> request in TakeWaiting())
            {
                request.Complete(closed());
            }

            while (_isLed)
            {
                Monitor.Wait(_gate);
            }
        }

        commit.Dispose();
    }

    private async ValueTask<T> RunAsync<T>(Func<TState, T> work, bool isAsync, CancellationToken cancellation)
    {
        WriteRequest<TState, T> request = new(work, cancellation);
        if (!TryLead(request))
        {
            await using CancellationTokenRegistration withdrawal = cancellation.Register(() => Withdraw(request));
            bool isLeader = isAsync ? await request.Promoted.ConfigureAwait(false) : request.Promoted.GetAwaiter().GetResult();
            if (!isLeader)
            {
                return request.Result();
            }
        }

        List<WriteRequest<TState>> requests = [request];
        Exception?[] failures = await commit.RunAsync(requests, TakeWaiting, isAsync).ConfigureAwait(false);

        // The next group is stored while the results of this one are delivered.
        PassLead();
        for (int i = 0; i < requests.Count; i++)
        {
            requests[i].Complete(failures[i]);
        }

        return request.Result();
    }

    /// <summary>True when the request becomes the leader; otherwise it waits in the queue.</summary>
    private bool TryLead(WriteRequest<TState> request)
    {
        lock (_gate)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            if (_isClosed)
            {
                throw closed();
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
