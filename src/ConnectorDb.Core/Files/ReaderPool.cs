namespace ConnectorDb.Core.Files;

/// <summary>The connections that read, kept open between pieces of work.</summary>
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

    /// <summary>Closes what is idle now, and what is still at work when it comes back.</summary>
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
