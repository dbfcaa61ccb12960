using ConnectorDb.Columns;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>The state of a store as the open transaction of one connection sees it.</summary>
internal sealed partial class SqliteState : IStoreWriter, ISqliteState
{
    private readonly SqliteSession _session;
    private readonly SqliteSegments _segments;

    public SqliteState(SqliteSession session)
    {
        _session = session;
        _segments = new SqliteSegments(session);
    }

    public SqliteSession Session => _session;

    /// <summary>Ends the work that is under way.</summary>
    public CancellationToken Cancellation { get; set; }

    public SequenceEnd End(SequenceKey key) => SequenceReader.End(_segments, key);

    public Block Read(SequenceKey key, long from, long to) => SequenceReader.Read(_segments, key, from, to);

    public IReadOnlyList<StoredRun> Load(SequenceKey key, long from, long to, int most, Func<StoredRun, bool>? isWanted)
        => RunReader.Load(_segments, key, from, to, most, isWanted);

    public StoredRun? WholeSegments(SequenceKey key, long from, long to) => RunReader.WholeSegments(_segments, key, from, to);

    public long IndexOfTime(SequenceKey key, double t) => SequenceReader.IndexOfTime(_segments, key, t);

    public SequenceSummary Summarize(SequenceKey key, long from, long to) => SequenceReader.Summarize(_segments, key, from, to);

    public void Append(SequenceKey key, Func<SequenceEnd, Block> fit) => SequenceWriter.Append(_segments, key, fit, Cancellation);

    public void Clear(SequenceKey key)
    {
        _segments.RemoveAll(key);
        GiveBackSpace();
    }

    public long TreeVersion
    {
        get
        {
            using Row row = _session["SELECT tree_version FROM store"].Query();
            row.Read();
            return row.Integer(0);
        }
    }

    private void CountTreeChange() => _session["UPDATE store SET tree_version = tree_version + 1"].Run();

    private void GiveBackSpace() => _session["PRAGMA incremental_vacuum"].Run();
}
