using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Files;

/// <summary>
/// Where the writers of this process wait. One of them leads: it takes the right to write from the other processes, runs
/// the work of all who wait by then, and commits once for all.
/// </summary>
internal sealed class WriteQueue<TState>(TState state, string path, TimeSpan patience)
    where TState : ISqliteState
{
    private const int LongestPause = 20;
    private readonly object _gate = new();
    private readonly List<WriteTurn<TState>> _waiting = [];
    private bool _isLed;
    private bool _isClosed;

    public T Run<T>(Func<TState, T> work, CancellationToken cancellation)
    {
        WriteTurn<TState, T> turn = new(work, cancellation);
        using CancellationTokenRegistration waking = cancellation.Register(Wake);
        if (Await(turn))
        {
            Lead(turn);
        }

        return turn.Result();
    }

    /// <summary>Waits for the work that is under way; what still waits, and what comes later, is refused.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
            while (_isLed)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>True when this turn has to lead; false when it is done.</summary>
    private bool Await(WriteTurn<TState> turn)
    {
        lock (_gate)
        {
            _waiting.Add(turn);
            while (true)
            {
                if (turn.IsDone)
                {
                    return false;
                }

                bool isLeaving = _isClosed || turn.Cancellation.IsCancellationRequested;
                if (isLeaving && _waiting.Remove(turn))
                {
                    turn.Cancellation.ThrowIfCancellationRequested();
                    throw SqliteFaults.Closed(path);
                }

                if (!_isLed)
                {
                    _isLed = true;
                    return true;
                }

                Monitor.Wait(_gate);
            }
        }
    }

    private void Lead(WriteTurn<TState> leader)
    {
        try
        {
            TakeRight(leader);
            Commit(TakeWaiting());
        }
        catch (Exception error) when (!leader.IsDone)
        {
            lock (_gate)
            {
                _waiting.Remove(leader);
            }

            leader.Conclude(Describe(error));
        }
        finally
        {
            lock (_gate)
            {
                _isLed = false;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Other processes hold the right only for moments, so short pauses of uneven length share it fairly.</summary>
    private void TakeRight(WriteTurn<TState> turn)
    {
        while (!state.Session.TryBeginWrite())
        {
            if (Environment.TickCount64 - turn.Arrived > patience.TotalMilliseconds)
            {
                throw SqliteFaults.Locked(path);
            }

            turn.Cancellation.WaitHandle.WaitOne(Random.Shared.Next(1, LongestPause));
            turn.Cancellation.ThrowIfCancellationRequested();
        }
    }

    private WriteTurn<TState>[] TakeWaiting()
    {
        lock (_gate)
        {
            WriteTurn<TState>[] turns = [.. _waiting];
            _waiting.Clear();
            return turns;
        }
    }

    /// <summary>Commits the work of all; when the transaction is lost with one of them, each gets its own.</summary>
    private void Commit(WriteTurn<TState>[] turns)
    {
        if (TryCommit(turns) is not { } lost)
        {
            return;
        }

        if (turns.Length == 1)
        {
            turns[0].Conclude(lost);
            return;
        }

        foreach (WriteTurn<TState> turn in turns)
        {
            CommitAlone(turn);
        }
    }

    private void CommitAlone(WriteTurn<TState> turn)
    {
        try
        {
            TakeRight(turn);
            if (TryCommit([turn]) is { } lost)
            {
                turn.Conclude(lost);
            }
        }
        catch (Exception error) when (!turn.IsDone)
        {
            turn.Conclude(Describe(error));
        }
    }

    /// <summary>Null when the transaction was committed, else why it was lost.</summary>
    private StoreException? TryCommit(WriteTurn<TState>[] turns)
    {
        Exception?[] failures = new Exception?[turns.Length];
        try
        {
            for (int i = 0; i < turns.Length; i++)
            {
                failures[i] = RunWithin(turns[i]);
            }

            state.Session["COMMIT"].Run();
        }
        catch (SqliteException error)
        {
            if (state.Session.IsInTransaction)
            {
                state.Session["ROLLBACK"].Run();
            }

            return SqliteFaults.Describe(error, path);
        }

        for (int i = 0; i < turns.Length; i++)
        {
            turns[i].Conclude(failures[i]);
        }

        return null;
    }

    /// <summary>Runs one piece of work; when it fails, only what it did is undone, and the answer is why.</summary>
    /// <exception cref="SqliteException">The whole transaction is lost.</exception>
    private Exception? RunWithin(WriteTurn<TState> turn)
    {
        state.Session["SAVEPOINT turn"].Run();
        try
        {
            state.Cancellation = turn.Cancellation;
            turn.Run(state);
            state.Session["RELEASE turn"].Run();
            return null;
        }
        catch (Exception error) when (error is not SqliteException || state.Session.IsInTransaction)
        {
            state.Session["ROLLBACK TO turn"].Run();
            state.Session["RELEASE turn"].Run();
            return Describe(error);
        }
    }

    private Exception Describe(Exception error)
        => error is SqliteException fault ? SqliteFaults.Describe(fault, path) : error;

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }
}
