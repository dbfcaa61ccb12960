namespace ConnectorDb.Core.Files;

/// <summary>A pool of read connections.</summary>
internal sealed class ReaderPool<TState>(Func<TState> open, string path) : IDisposable
    where TState : class, ISqliteState
{
    private readonly Stack<TState> _idle = new();
    private bool _isClosed;

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
            if (!_isClosed)
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
