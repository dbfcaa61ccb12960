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

    /// <summary>The ids of the streams that have all labels.</summary>
    /// <param name="step">Called for each value that is compared.</param>
    public static IReadOnlySet<long> Find(SqliteSession session, IReadOnlyList<LabelPattern> labels, Action step)
    {
        HashSet<long> found = [.. Find(session, labels[0], step)];
        foreach (LabelPattern label in labels.Skip(1))
        {
            found.IntersectWith(Find(session, label, step));
        }

        return found;
    }

    private static IEnumerable<long> Find(SqliteSession session, LabelPattern label, Action step)
    {
        string key = Fold(label.Key);
        List<string> values = label.IsExact ? [Fold(label.Value)]
            : session["SELECT DISTINCT value FROM labels WHERE key = ?1"].All(row => row.Text(0), key).FindAll(IsMatch);
        return values.SelectMany(value => session["SELECT stream FROM labels WHERE key = ?1 AND value = ?2"].All(row => row.Integer(0), key, value));

        bool IsMatch(string value)
        {
            step();
            return label.IsMatch(value);
        }
    }

    private static string Fold(string text) => text.ToUpperInvariant();
}
