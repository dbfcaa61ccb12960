using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Core.Storage.Tables;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>
/// Caches the ends of the sequences that this process wrote last, so that the next append need not read them. An append is stored only if the
/// versions are still those of the database, so that a head which another server has changed costs a repetition and nothing else.
/// </summary>
internal sealed class SequenceHeads
{
    private const int MaxSequences = 50_000;

    private readonly Dictionary<SequenceKey, SequenceHead> _heads = [];

    /// <summary>The version of the tree; null when it is not known.</summary>
    public long? TreeVersion { get; set; }

    public SequenceHead Of(PostgresSession session, SequenceKey key)
    {
        if (!_heads.TryGetValue(key, out SequenceHead head))
        {
            head = Read(session, key);
            Keep(key, head);
        }

        return head;
    }

    public void Keep(SequenceKey key, SequenceHead head)
    {
        if (_heads.Count >= MaxSequences && !_heads.ContainsKey(key))
        {
            _heads.Clear();
        }

        _heads[key] = head;
    }

    public void Forget(SequenceKey key) => _heads.Remove(key);

    public void Forget()
    {
        TreeVersion = null;
        _heads.Clear();
    }

    /// <remarks>One statement reads one state, while other servers write.</remarks>
    private static SequenceHead Read(PostgresSession session, SequenceKey key)
        => session.All(
            $"""
            SELECT {SegmentColumns.Bounds}, is_sealed, version FROM (SELECT version FROM sequences WHERE stream = $1 AND sequence = $2) AS s
            LEFT JOIN LATERAL (
                (SELECT 1 AS rank, false AS is_sealed, {SegmentColumns.Bounds} FROM tail WHERE stream = $1 AND sequence = $2 ORDER BY start DESC LIMIT 1)
                UNION ALL (SELECT 2, true, {SegmentColumns.Bounds} FROM segments WHERE stream = $1 AND sequence = $2 ORDER BY start DESC LIMIT 1)
                ORDER BY rank LIMIT 1) AS r ON true
            """,
            row => new SequenceHead(row.Integer(14), row.IsNull(0) ? null : SegmentColumns.ReadBounds(row, row.Boolean(13))),
            key.Stream, key.Number) is [var head] ? head : default;
}
