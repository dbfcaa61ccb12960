namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The truncations of sequences, which tell subscriptions of other servers that indices are used a second time.</summary>
internal static class Removals
{
    /// <summary>The maximum number of rows for a sequence. Above it, the two oldest become one with the lower count, so that no truncation is missed.</summary>
    private const int MostRows = 64;

    /// <param name="treeVersion">The version of the tree after the truncation.</param>
    public static void Add(PostgresSession session, SequenceKey key, long count, long treeVersion)
    {
        session.Run("DELETE FROM removals WHERE stream = $1 AND sequence = $2 AND count >= $3", key.Stream, key.Number, count);

        // A row of the same transaction has a lower count.
        session.Run("INSERT INTO removals (stream, sequence, tree_version, count) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", key.Stream, key.Number, treeVersion, count);
        List<(long Version, long Count)> rows = session.All(
            "SELECT tree_version, count FROM removals WHERE stream = $1 AND sequence = $2 ORDER BY tree_version",
            row => (row.Integer(0), row.Integer(1)),
            key.Stream, key.Number);
        if (rows.Count > MostRows)
        {
            session.Run("UPDATE removals SET count = $4 WHERE stream = $1 AND sequence = $2 AND tree_version = $3", key.Stream, key.Number, rows[1].Version, rows[0].Count);
            session.Run("DELETE FROM removals WHERE stream = $1 AND sequence = $2 AND tree_version = $3", key.Stream, key.Number, rows[0].Version);
        }
    }
}
