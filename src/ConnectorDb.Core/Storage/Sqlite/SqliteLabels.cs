using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>The index of labels: key and value in upper case, and the stream.</summary>
internal static class SqliteLabels
{
    public static void Add(SqliteSession session, long stream, LabelSet labels)
    {
        foreach ((string key, string value) in labels)
        {
            session["INSERT OR IGNORE INTO labels (key, value, stream) VALUES (?1, ?2, ?3)"].Run(Fold(key), Fold(value), stream);
        }
    }

    public static void Replace(SqliteSession session, long stream, LabelSet labels)
    {
        session["DELETE FROM labels WHERE stream = ?1"].Run(stream);
        Add(session, stream, labels);
    }

    /// <summary>Keys and values are compared in upper case.</summary>
    public static string Fold(string text) => text.ToUpperInvariant();
}
