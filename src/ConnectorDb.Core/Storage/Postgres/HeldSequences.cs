using NpgsqlTypes;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>
/// The sequences whose rows another program keeps locked. Their appends wait on a connection of their own, so that those of all other sequences go on. When none
/// waits there any more, all are forgotten: the next append tries whether the lock is gone.
/// </summary>
internal sealed class HeldSequences
{
    private readonly Lock _gate = new();
    private readonly HashSet<SequenceKey> _keys = [];
    private int _waiting;

    public bool Contains(SequenceKey key)
    {
        lock (_gate)
        {
            return _keys.Contains(key);
        }
    }

    /// <summary>Finds out which sequences of a group are locked. Where none is, as when a row of another table is locked, all count.</summary>
    public void Find(PostgresSession session, SequenceKey[] keys)
    {
        HashSet<SequenceKey> free =
        [
            .. session.All(
                "SELECT s.stream, s.sequence FROM sequences s JOIN unnest($1::bigint[], $2::integer[]) AS k (stream, sequence) ON s.stream = k.stream AND s.sequence = k.sequence FOR NO KEY UPDATE OF s SKIP LOCKED",
                row => new SequenceKey(row.Integer(0), (int)row.Integer(1)),
                PostgresValue.Array(Array.ConvertAll(keys, key => key.Stream), NpgsqlDbType.Bigint),
                PostgresValue.Array(Array.ConvertAll(keys, key => key.Number), NpgsqlDbType.Integer)),
        ];
        SequenceKey[] held = Array.FindAll(keys, key => !free.Contains(key));
        lock (_gate)
        {
            _keys.UnionWith(held.Length > 0 ? held : keys);
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
            }
        }
    }
}
