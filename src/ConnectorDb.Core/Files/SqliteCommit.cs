using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Files;

/// <summary>Commits the work of a group of writers of a file in one transaction, and finds those that fail.</summary>
/// <param name="patience">Maximum wait for other processes.</param>
internal sealed class SqliteCommit<TState>(TState state, string path, TimeSpan patience) : IGroupCommit<TState>
    where TState : ISqliteState
{
    private const int MaxPause = 20;
    private const int MaxGroup = 1000;
    private readonly OpenFileCheck _file = new(state.Session, path);
    private readonly GroupDelay _delay = new();
    private Checkpointer? _checkpoints;
    private volatile bool _isReplaced;

    /// <summary>Known after <see cref="Dispose"/>: another program has replaced the file, and the write-ahead log at the path still belongs to the one that was opened.</summary>
    public bool LeavesLog { get; private set; }

    /// <remarks>SQLite has no asynchronous calls, so the leader waits.</remarks>
    public ValueTask<Exception?[]> RunAsync(List<WriteRequest<TState>> requests, Func<WriteRequest<TState>[]> takeWaiting, bool isAsync)
    {
        try
        {
            AcquireLock(requests[0]);

            // When the transaction is lost because of one of several requests, each gets a transaction of its own.
            return new(TryCommitAll(requests, takeWaiting) ?? TryCommitEach(requests) ?? [.. requests.Select(CommitAlone)]);
        }
        catch (Exception error)
        {
            return new([.. requests.Select(_ => Describe(error))]);
        }
    }

    public void Dispose()
    {
        _checkpoints?.Dispose();
        LeavesLog = FindsReplaced(isWriter: true) && _file.OwnsLogAtPath();
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

    /// <summary>Commits a group, including requests that arrive meanwhile; null when one of several failed and everything was rolled back.</summary>
    /// <remarks>The commit has not started when they arrive, so they need not wait for another flush of the disk.</remarks>
    private Exception?[]? TryCommitAll(List<WriteRequest<TState>> requests, Func<WriteRequest<TState>[]> takeWaiting)
    {
        try
        {
            state.Begun();
            _delay.Begin();
            for (int done = 0; done < requests.Count; done++)
            {
                state.Cancellation = requests[done].Cancellation;
                requests[done].Run(state);
                if (done == requests.Count - 1 && done < MaxGroup)
                {
                    requests.AddRange(takeWaiting());
                    if (done == requests.Count - 1)
                    {
                        _delay.Wait(requests, takeWaiting);
                    }
                }
            }

            _delay.Commit(requests.Count, Commit);
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
        if (FindsReplaced(isWriter: true))
        {
            throw SqliteFaults.Replaced(path);
        }

        state.Session["COMMIT"].Run();
        _file.Settle(state.Session);
        _checkpoints ??= new Checkpointer(path, () => FindsReplaced(isWriter: false), _file.Settle);
        _checkpoints.Note();
    }

    private bool FindsReplaced(bool isWriter)
    {
        if (!_isReplaced && _file.IsReplaced(isWriter))
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
