using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>
/// Caches the ends of the sequences that the writing connection wrote last, so that the next append need not read them. The cache is
/// cleared when another connection changed anything, and when work is undone.
/// </summary>
internal sealed class LastWrites(SqliteSession session)
{
    private const int MaxSequences = 50_000;

    private readonly Dictionary<SequenceKey, SegmentBounds> _ends = [];
    private long _dataVersion;

    public long? TreeVersion { get; set; }

    /// <summary>The blocks in the write buffer; null when they are not known.</summary>
    public List<StoredSegment>? Buffered { get; set; }

    /// <summary>To be called within a new transaction.</summary>
    public void Begin()
    {
        using Row row = session["PRAGMA data_version"].Query();
        row.Read();
        if (row.Integer(0) is var version && version != _dataVersion)
        {
            Forget();
            _dataVersion = version;
        }
    }

    public SegmentBounds? EndOf(SequenceKey key) => _ends.TryGetValue(key, out SegmentBounds end) ? end : null;

    /// <summary>The sequence ends with this segment now.</summary>
    public void Keep(SequenceKey key, SegmentBounds end)
    {
        if (_ends.Count == MaxSequences && !_ends.ContainsKey(key))
        {
            _ends.Clear();
        }

        _ends[key] = end;
    }

    public void Forget(SequenceKey key)
    {
        _ends.Remove(key);
        Buffered?.RemoveAll(block => block.Key == key);
    }

    public void Forget()
    {
        TreeVersion = null;
        Buffered = null;
        _ends.Clear();
    }
}
