using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>Finds streams by labels: few of them in the index of labels, many on the way through the paths, so that the first ones do not cost as much as all.</summary>
/// <param name="session">The connection to the store.</param>
/// <param name="labels">At least one.</param>
/// <param name="step">Called for each value that is compared.</param>
internal sealed class LabelSearch(SqliteSession session, IReadOnlyList<LabelPattern> labels, Action step)
{
    /// <summary>More streams than this are not sorted by path. After as many streams without the labels on the way, the ids of all that have them are collected.</summary>
    private const int Many = 1000;

    private HashSet<long>? _all;
    private int _misses;

    /// <summary>The ids of all streams that have the labels, in no order; null when there may be many.</summary>
    public IReadOnlyList<long>? FindFew()
    {
        foreach (LabelPattern label in labels)
        {
            HashSet<long> found = [.. StreamsWith(label).Take(Many + 1)];
            if (found.Count <= Many)
            {
                return [.. found.Where(HasAll)];
            }
        }

        return null;
    }

    /// <summary>True when the stream has all labels. For the streams in order of their paths.</summary>
    public bool IsMatch(long stream)
    {
        if (_all is not null)
        {
            return _all.Contains(stream);
        }

        bool isMatch = HasAll(stream);
        if (!isMatch && ++_misses == Many)
        {
            _all = FindAll();
        }

        return isMatch;
    }

    private HashSet<long> FindAll()
    {
        HashSet<long> found = [.. StreamsWith(labels[0])];
        foreach (LabelPattern label in labels.Skip(1))
        {
            found.IntersectWith(StreamsWith(label));
        }

        return found;
    }

    private IEnumerable<long> StreamsWith(LabelPattern label)
    {
        string key = SqliteLabels.Fold(label.Key);
        IEnumerable<string> values = label.IsExact ? [SqliteLabels.Fold(label.Value)]
            : session["SELECT DISTINCT value FROM labels WHERE key = ?1"].Each(row => row.Text(0), key).Where(value => IsMatch(label, value));
        return values.SelectMany(value => session["SELECT stream FROM labels WHERE key = ?1 AND value = ?2"].Each(row => row.Integer(0), key, value));
    }

    private bool HasAll(long stream)
        => labels.All(label => session["SELECT value FROM labels WHERE stream = ?1 AND key = ?2"].All(row => row.Text(0), stream, SqliteLabels.Fold(label.Key)).Exists(value => IsMatch(label, value)));

    private bool IsMatch(LabelPattern label, string value)
    {
        step();
        return label.IsMatch(value);
    }
}
