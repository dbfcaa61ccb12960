using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Files;

/// <summary>The queue of the writers of this process, which commits in groups.</summary>
/// <remarks>
/// One writer leads: it takes the write lock of the file, runs the work of all waiting writers, and commits once. A commit costs a flush of
/// the disk, so the throughput grows with the number of writers.
/// </remarks>
internal sealed class WriteQueue<TState>(TState state, string path, TimeSpan patience)
    where TState : ISqliteState
{
    private const int MaxPause = 20;
    private const int MaxGroup = 1000;
    private readonly object _gate = new();
    private readonly List<WriteRequest<TState>> _waiting = [];
    private readonly OpenFileCheck _file = new(state.Session, path);
    private Checkpointer? _checkpoints;
    private volatile bool _isReplaced;
    private bool _isLed;
    private bool _isClosed;

    /// <summary>Another program has replaced the file; the write-ahead log belongs to the one that was opened.</summary>
    public bool IsReplaced => _isReplaced;

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
                request.Complete(SqliteFaults.Closed(path));
            }

            while (_isLed)
            {
                Monitor.Wait(_gate);
            }
        }

        _checkpoints?.Dispose();
        FindsReplaced();
    }

    /// <summary>True when the request becomes the leader; otherwise it waits in the queue.</summary>
    private bool TryLead(WriteRequest<TState> request)
    {
        lock (_gate)
        {
            request.Cancellation.ThrowIfCancellationRequested();
            if (_isClosed)
            {
                throw SqliteFaults.Closed(path);
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
        Exception?[] failures;
        try
        {
            AcquireLock(leader);
            failures = Commit(requests);
        }
        catch (Exception error)
        {
            failures = [.. requests.Select(_ => Describe(error))];
        }

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

    /// <summary>Takes the write lock of the file. Other processes hold it briefly, so random short pauses share it fairly.</summary>
    private void AcquireLock(WriteRequest<TState> request)
    {
        while (!state.Session.TryBeginWrite())
        {
            if (Environment.TickCount64 - request.Arrived > patience.TotalMilliseconds)
            {
                throw SqliteFaults.Locked(path);
            }

            request.Cancellation.WaitHandle.WaitOne(Random.Shared.Next(1, MaxPause));
            request.Cancellation.ThrowIfCancellationRequested();
        }
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

    /// <summary>Commits the work of a group. Returns the error of each request, or null.</summary>
    /// <remarks>When the transaction is lost because of one of them, each request gets a transaction of its own.</remarks>
    private Exception?[] Commit(List<WriteRequest<TState>> requests)
        => TryCommitAll(requests) ?? TryCommitEach(requests) ?? [.. requests.Select(CommitAlone)];

    /// <summary>Commits a group, including requests that arrive meanwhile; null when one of several failed and everything was rolled back.</summary>
    /// <remarks>The commit has not started when they arrive, so they need not wait for another flush of the disk.</remarks>
    private Exception?[]? TryCommitAll(List<WriteRequest<TState>> requests)
    {
        try
        {
            state.Begun();
            for (int done = 0; done < requests.Count; done++)
            {
                state.Cancellation = requests[done].Cancellation;
                requests[done].Run(state);
                if (done == requests.Count - 1 && done < MaxGroup)
                {
                    requests.AddRange(TakeWaiting());
                }
            }

            Commit();
            return new Exception?[requests.Count];
        }
        catch (Exception error)
        {
            RollBack();
            return requests.Count == 1 ? [Describe(error)] : null;
        }
    }

    /// <summary>Repeats the group with a savepoint for each request, so that only the failed ones are rolled back; null when the transaction was lost.</summary>
    private Exception?[]? TryCommitEach(List<WriteRequest<TState>> requests)
    {
        try
        {
            AcquireLock(requests[0]);
            state.Begun();
            Exception?[] failures = new Exception?[requests.Count];
            for (int i = 0; i < requests.Count; i++)
            {
                failures[i] = RunWithin(requests[i]);
            }

            Commit();
            return failures;
        }
        catch (Exception)
        {
            RollBack();
            return null;
        }
    }

    private Exception? CommitAlone(WriteRequest<TState> request)
    {
        try
        {
            AcquireLock(request);
            state.Begun();
            state.Cancellation = request.Cancellation;
            request.Run(state);
            Commit();
            return null;
        }
        catch (Exception error)
        {
            RollBack();
            return Describe(error);
        }
    }

    /// <summary>Commits, if the file is still the one that is at the path.</summary>
    private void Commit()
    {
        if (FindsReplaced())
        {
            throw SqliteFaults.Replaced(path);
        }

        state.Session["COMMIT"].Run();
        _file.Settle();
        _checkpoints ??= new Checkpointer(path, FindsReplaced, _file.Settle);
        _checkpoints.Note();
    }

    private bool FindsReplaced()
    {
        if (!_isReplaced && _file.IsReplaced())
        {
            _isReplaced = true;
            state.Session.KeepLog();
        }

        return _isReplaced;
    }

    private void RollBack()
    {
        state.Undone();
        if (state.Session.IsInTransaction)
        {
            state.Session["ROLLBACK"].Run();
        }
    }

    /// <summary>Runs one request within a savepoint; returns its error, or null.</summary>
    /// <exception cref="SqliteException">The whole transaction is lost.</exception>
    private Exception? RunWithin(WriteRequest<TState> request)
    {
        state.Session["SAVEPOINT request"].Run();
        try
        {
            state.Cancellation = request.Cancellation;
            request.Run(state);
            state.Session["RELEASE request"].Run();
            return null;
        }
        catch (Exception error) when (error is not SqliteException || state.Session.IsInTransaction)
        {
            state.Undone();
            state.Session["ROLLBACK TO request"].Run();
            state.Session["RELEASE request"].Run();
            return Describe(error);
        }
    }

    private Exception Describe(Exception error)
        => error is SqliteException fault ? SqliteFaults.Describe(fault, path) : error;
}
