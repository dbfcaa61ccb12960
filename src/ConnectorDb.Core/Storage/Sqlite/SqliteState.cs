using ConnectorDb.Columns;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Core.Storage.Tables;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>The state of a store as the open transaction of one connection sees it.</summary>
internal sealed partial class SqliteState : IStoreWriter, ISqliteState
{
    private readonly SqliteSession _session;
    private readonly SqliteSegments _segments;
    private readonly LastWrites? _last;
    private readonly TreeRows _tree;

    /// <param name="last">For the connection that writes.</param>
    public SqliteState(SqliteSession session, LastWrites? last = null)
    {
        _session = session;
        _last = last;
        _segments = new SqliteSegments(session, last);
        _tree = new TreeRows((reason, error) => SqliteFaults.Damaged(session.Connection.DataSource, reason, error));
    }

    public SqliteSession Session => _session;

    /// <summary>Ends the work that is under way.</summary>
    public CancellationToken Cancellation { get; set; }

    public void Begun()
    {
        _last?.Begin();
        _segments.Begin();
    }

    public void Undone() => _last?.Forget();

    public SequenceEnd End(SequenceKey key) => SequenceReader.End(_segments, key);

    public Block Read(SequenceKey key, long from, long to) => SequenceReader.Read(_segments, key, from, to);

    public IReadOnlyList<SegmentSlice> Load(SequenceKey key, long from, long to, int most, Func<SegmentSlice, bool>? isWanted)
        => SegmentSliceReader.Load(_segments, key, from, to, most, isWanted);

    public SegmentSlice? WholeSegments(SequenceKey key, long from, long to) => SegmentSliceReader.WholeSegments(_segments, key, from, to);

    /// <inheritdoc cref="SequenceCheck.Run"/>
    public IEnumerable<int> Verify(SequenceKey key) => SequenceCheck.Run(_segments, key);

    public long IndexOfTime(SequenceKey key, double t) => SequenceReader.IndexOfTime(_segments, key, t);

    public SequenceSummary Summarize(SequenceKey key, long from, long to) => SequenceReader.Summarize(_segments, key, from, to);

    public void Append(SequenceKey key, Func<SequenceEnd, Block> fit) => SequenceWriter.Append(_segments, key, fit, Cancellation);

    public void Truncate(SequenceKey key, long count)
    {
        SequenceWriter.Truncate(_segments, key, count);
        RememberTruncation(key, count);
        GiveBackSpace();
    }

    public MergeResult Merge(SequenceKey key, Block block)
    {
        MergeResult result = SequenceMerge.Run(_segments, key, block, Cancellation);
        if (result.IsInPlace)
        {
            RememberTruncation(key, result.Start);
        }

        return result;
    }

    public long? LowestCount(SequenceKey key, long afterTreeVersion) => Removals.LowestCount(_session, key, afterTreeVersion);

    public void Clear(SequenceKey key)
    {
        _segments.RemoveAll(key);
        Removals.Clear(_session, key);
        GiveBackSpace();
    }

    public long TreeVersion
    {
        get
        {
            if (_last?.TreeVersion is { } known)
            {
                return known;
            }

            using Row row = _session["SELECT tree_version FROM store"].Query();
            row.Read();
            long version = row.Integer(0);
            _last?.TreeVersion = version;
            return version;
        }
    }

    private void CountTreeChange()
    {
        _session["UPDATE store SET tree_version = tree_version + 1"].Run();
        _last?.TreeVersion = null;
    }

    private void RememberTruncation(SequenceKey key, long count)
    {
        CountTreeChange();
        Removals.Add(_session, key, count, TreeVersion);
    }

    private void GiveBackSpace() => _session["PRAGMA incremental_vacuum"].Run();
}
