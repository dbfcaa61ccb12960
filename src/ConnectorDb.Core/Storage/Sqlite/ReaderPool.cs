using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>The connections that read, kept open between pieces of work.</summary>
internal sealed class ReaderPool(Func<SqliteSession> open, string path) : IDisposable
{
    private readonly Stack<SqliteState> _idle = new();
    private bool _isClosed;

    public SqliteState Take()
    {
        lock (_idle)
        {
            if (_isClosed)
            {
                throw SqliteFaults.Closed(path);
            }

            if (_idle.TryPop(out SqliteState? state))
            {
                return state;
            }
        }

        return new SqliteState(open());
    }

    public void Return(SqliteState state)
    {
        lock (_idle)
        {
            if (!_isClosed)
            {
                _idle.Push(state);
                return;
            }
        }

        state.Session.Dispose();
    }

    /// <summary>Closes what is idle now, and what is still at work when it comes back.</summary>
    public void Dispose()
    {
        lock (_idle)
        {
            _isClosed = true;
            while (_idle.TryPop(out SqliteState? state))
            {
                state.Session.Dispose();
            }
        }
    }
}
