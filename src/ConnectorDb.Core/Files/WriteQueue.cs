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
    private const int MostTogether = 1000;
    private readonly object _gate = new();
    private readonly List<WriteTurn<TState>> _waiting = [];
    private bool _isLed;
    private bool _isClosed;

    public T Run<T>(Func<TState, T> work, CancellationToken cancellation)
    {
        WriteTurn<TState, T> turn = new(work, cancellation);
        if (!TryLead(turn))
        {
            using CancellationTokenRegistration leaving = cancellation.Register(() => Leave(turn));
            if (!turn.Called.GetAwaiter().GetResult())
            {
                return turn.Result();
            }
        }

        Lead(turn);
        return turn.Result();
    }

    /// <summary>As <see cref="Run"/>, but no thread waits for the turn; who has to lead does so before it returns.</summary>
    public async ValueTask<T> RunAsync<T>(Func<TState, T> work, CancellationToken cancellation)
    {
        WriteTurn<TState, T> turn = new(work, cancellation);
        if (!TryLead(turn))
        {
            await using CancellationTokenRegistration leaving = cancellation.Register(() => Leave(turn));
            if (!await turn.Called.ConfigureAwait(false))
            {
                return turn.Result();
            }
        }

        Lead(turn);
        return turn.Result();
    }

    /// <summary>Waits for the work that is under way; what still waits, and what comes later, is refused.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (WriteTurn<TState> turn in TakeWaiting())
            {
                turn.Conclude(SqliteFaults.Closed(path));
            }

            while (_isLed)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>True when nobody leads and this turn does so from now on; else it waits.</summary>
    private bool TryLead(WriteTurn<TState> turn)
    {
        lock (_gate)
        {
            turn.Cancellation.ThrowIfCancellationRequested();
            if (_isClosed)
            {
                throw SqliteFaults.Closed(path);
            }

            if (!_isLed)
            {
                return _isLed = true;
            }

            turn.BeginWait();
            _waiting.Add(turn);
            return false;
        }
    }

    /// <summary>A turn that still waits is given up.</summary>
    private void Leave(WriteTurn<TState> turn)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(turn))
            {
                return;
            }
        }

        turn.Conclude(new OperationCanceledException(turn.Cancellation));
    }

    private void Lead(WriteTurn<TState> leader)
    {
        List<WriteTurn<TState>> turns = [leader];
        Exception?[] failures;
        try
        {
            TakeRight(leader);
            failures = Commit(turns);
        }
        catch (Exception error)
        {
            failures = [.. turns.Select(_ => Describe(error))];
        }

        // What comes next is on its way to the disk while these are told.
        PassOn();
        for (int i = 0; i < turns.Count; i++)
        {
            turns[i].Conclude(failures[i]);
        }
    }

    /// <summary>The first of those who wait leads from now on.</summary>
    private void PassOn()
    {
        WriteTurn<TState>? next = null;
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

        next?.CallToLead();
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

    /// <summary>
    /// Commits the work of all; when the transaction is lost with one of them, each gets its own. The answer is why each failed,
    /// null for what is committed.
    /// </summary>
    private Exception?[] Commit(List<WriteTurn<TState>> turns)
        => TryCommitAll(turns) ?? TryCommitEach(turns) ?? [.. turns.Select(CommitAlone)];

    /// <summary>
    /// Commits with the given turns also those that come while these are done: who comes later waits for the disk no longer
    /// than who came before. Null when one of several failed: then all is undone, to be done again with more care.
    /// </summary>
    private Exception?[]? TryCommitAll(List<WriteTurn<TState>> turns)
    {
        try
        {
            state.Begun();
            for (int done = 0; done < turns.Count; done++)
            {
                state.Cancellation = turns[done].Cancellation;
                turns[done].Run(state);
                if (done == turns.Count - 1 && done < MostTogether)
                {
                    turns.AddRange(TakeWaiting());
                }
            }

            state.Session["COMMIT"].Run();
            return new Exception?[turns.Count];
        }
        catch (Exception error)
        {
            RollBack();
            return turns.Count == 1 ? [Describe(error)] : null;
        }
    }

    /// <summary>Undoes only those that fail. Null when the transaction was lost.</summary>
    private Exception?[]? TryCommitEach(List<WriteTurn<TState>> turns)
    {
        try
        {
            TakeRight(turns[0]);
            state.Begun();
            Exception?[] failures = new Exception?[turns.Count];
            for (int i = 0; i < turns.Count; i++)
            {
                failures[i] = RunWithin(turns[i]);
            }

            state.Session["COMMIT"].Run();
            return failures;
        }
        catch (Exception)
        {
            RollBack();
            return null;
        }
    }

    private Exception? CommitAlone(WriteTurn<TState> turn)
    {
        try
        {
            TakeRight(turn);
            state.Begun();
            state.Cancellation = turn.Cancellation;
            turn.Run(state);
            state.Session["COMMIT"].Run();
            return null;
        }
        catch (Exception error)
        {
            RollBack();
            return Describe(error);
        }
    }

    private void RollBack()
    {
        state.Undone();
        if (state.Session.IsInTransaction)
        {
            state.Session["ROLLBACK"].Run();
        }
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
            state.Undone();
            state.Session["ROLLBACK TO turn"].Run();
            state.Session["RELEASE turn"].Run();
            return Describe(error);
        }
    }

    private Exception Describe(Exception error)
        => error is SqliteException fault ? SqliteFaults.Describe(fault, path) : error;
}
