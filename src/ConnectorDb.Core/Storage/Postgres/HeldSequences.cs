using Npgsql;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>
/// The sequences whose rows another program keeps locked, and the nodes of a cluster that do not answer. Their appends wait on a connection of their own, so that those of all other sequences go on. When none
/// waits there any more, all are forgotten: the next append tries whether the lock is gone.
/// </summary>
internal sealed class HeldSequences
{
    private readonly Lock _gate = new();
    private readonly HashSet<SequenceKey> _keys = [];
    private readonly HashSet<long> _nodes = [];
    private int _waiting;

    public bool Contains(SequenceKey key)
    {
        lock (_gate)
        {
            return _keys.Contains(key);
        }
    }

    /// <summary>Adds those sequences of a group that are locked. Where none is, as when a row of another table is locked, all count.</summary>
    /// <param name="free">Those that are not.</param>
    public void Add(SequenceKey[] keys, IEnumerable<SequenceKey> free)
    {
        HashSet<SequenceKey> unlocked = [.. free];
        SequenceKey[] held = Array.FindAll(keys, key => !unlocked.Contains(key));
        lock (_gate)
        {
            _keys.UnionWith(held.Length > 0 ? held : keys);
        }
    }

    /// <summary>Adds all sequences of a node.</summary>
    public void AddNode(long node)
    {
        lock (_gate)
        {
            _nodes.Add(node);
        }
    }

    /// <summary>Reads rows of the node with a sequence, if that node answers.</summary>
    /// <exception cref="HeldSequenceException">It does not.</exception>
    public T Read<T>(PostgresSession session, TableLayout layout, SequenceKey key, Func<T> read)
    {
        if (IsSilent(session, layout, key))
        {
            throw new HeldSequenceException();
        }

        try
        {
            return read();
        }
        catch (PostgresException error) when (layout.IsSilence(error))
        {
            AddNode(layout.NodeOf(session, key));
            throw new HeldSequenceException();
        }
    }

    /// <summary>Begins the wait of work that needs a locked row.</summary>
    public void Enter() => Interlocked.Increment(ref _waiting);

    /// <summary>Ends the wait.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (Interlocked.Decrement(ref _waiting) == 0)
            {
                _keys.Clear();
                _nodes.Clear();
            }
        }
    }

    private bool IsSilent(PostgresSession session, TableLayout layout, SequenceKey key)
    {
        lock (_gate)
        {
            if (_nodes.Count == 0)
            {
                return false;
            }
        }

        long node = layout.NodeOf(session, key);
        lock (_gate)
        {
            return _nodes.Contains(node);
        }
    }
}
