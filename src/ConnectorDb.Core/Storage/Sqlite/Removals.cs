using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>The truncations of sequences, by which a subscription of another process knows that indices are used a second time.</summary>
/// <remarks>
/// The table is created by the first truncation, so that files without one are the same for older versions, which ignore it. Rows that a later
/// and lower one makes redundant are deleted.
/// </remarks>
internal static class Removals
{
    /// <summary>The most rows of a sequence. Two rows become one with the lower count, so that nothing is missed.</summary>
    private const int MostRows = 64;

    private const string Table = """
        CREATE TABLE IF NOT EXISTS removals (
            stream INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            tree_version INTEGER NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (stream, sequence, tree_version)
        ) STRICT, WITHOUT ROWID
        """;

    /// <param name="treeVersion">The version of the tree after the truncation.</param>
    public static void Add(SqliteSession session, SequenceKey key, long count, long treeVersion)
    {
        session.Execute(Table);
        session["DELETE FROM removals WHERE stream = ?1 AND sequence = ?2 AND count >= ?3"].Run(key.Stream, key.Number, count);
        session["INSERT INTO removals (stream, sequence, tree_version, count) VALUES (?1, ?2, ?3, ?4)"].Run(key.Stream, key.Number, treeVersion, count);
        List<(long Version, long Count)> rows = session["SELECT tree_version, count FROM removals WHERE stream = ?1 AND sequence = ?2 ORDER BY tree_version"]
            .All(row => (row.Integer(0), row.Integer(1)), key.Stream, key.Number);
        if (rows.Count > MostRows)
        {
            session["UPDATE removals SET count = ?4 WHERE stream = ?1 AND sequence = ?2 AND tree_version = ?3"].Run(key.Stream, key.Number, rows[1].Version, rows[0].Count);
            session["DELETE FROM removals WHERE stream = ?1 AND sequence = ?2 AND tree_version = ?3"].Run(key.Stream, key.Number, rows[0].Version);
        }
    }

    public static void Clear(SqliteSession session, SequenceKey key)
    {
        if (IsThere(session))
        {
            session["DELETE FROM removals WHERE stream = ?1 AND sequence = ?2"].Run(key.Stream, key.Number);
        }
    }

    /// <inheritdoc cref="IStoreReader.LowestCount"/>
    public static long? LowestCount(SqliteSession session, SequenceKey key, long afterTreeVersion)
    {
        if (!IsThere(session))
        {
            return null;
        }

        using Row row = session["SELECT min(count) FROM removals WHERE stream = ?1 AND sequence = ?2 AND tree_version > ?3"].Query(key.Stream, key.Number, afterTreeVersion);
        return row.Read() && !row.IsNull(0) ? row.Integer(0) : null;
    }

    private static bool IsThere(SqliteSession session)
    {
        using Row row = session["SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'removals'"].Query();
        return row.Read();
    }
}
