using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Files;

/// <summary>A pool of read connections.</summary>
internal sealed class ReaderPool<TState>(Func<TState> open, string path) : IDisposable
    where TState : class, ISqliteState
{
    private readonly Stack<TState> _idle = new();
    private bool _isClosed;

    /// <summary>Runs a read transaction. Cancelling interrupts the running statement.</summary>
    /// <exception cref="SqliteException">SQLite could not read the file.</exception>
    public T Read<T>(Func<TState, T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        TState state = Take();
        try
        {
            state.Session["BEGIN"].Run();
            try
            {
                // It ends before the transaction does: an interrupted COMMIT would leave the transaction open.
                using CancellationTokenRegistration stopping = cancellation.Register(state.Session.Interrupt);
                return work(state);
            }
            finally
            {
                state.Session["COMMIT"].Run();
            }
        }
        catch (SqliteException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            Return(state);
        }
    }

    public TState Take()
    {
        lock (_idle)
        {
            if (_isClosed)
            {
                throw SqliteFaults.Closed(path);
            }

            if (_idle.TryPop(out TState? state))
            {
                return state;
            }
        }

        return open();
    }

    public void Return(TState state)
    {
        lock (_idle)
        {
            // A connection whose transaction could not end is not used again.
            if (!_isClosed && !state.Session.IsInTransaction)
            {
                _idle.Push(state);
                return;
            }
        }

        state.Session.Dispose();
    }

    /// <summary>Closes idle connections now, and busy ones when they are returned.</summary>
    public void Dispose()
    {
        lock (_idle)
        {
            _isClosed = true;
            while (_idle.TryPop(out TState? state))
            {
                state.Session.Dispose();
            }
        }
    }
}
