using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Core.Storage.Tables;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The state of a store as the statements of one connection see it.</summary>
internal partial class PostgresReader(PostgresSession session, SegmentRows segments, string location) : IStoreReader
{
    private readonly TreeRows _tree = new((reason, error) => PostgresFaults.Damaged(location, reason, error));

    protected PostgresSession Session { get; } = session;

    protected string Location { get; } = location;

    public virtual long TreeVersion => Session.Value<long>("SELECT tree_version FROM store");

    public long LoginVersion => Session.Value<long>("SELECT login_version FROM store");

    public virtual SequenceEnd End(SequenceKey key) => segments.End(key);

    public virtual Block Read(SequenceKey key, long from, long to) => SequenceReader.Read(segments, key, from, to);

    public virtual IReadOnlyList<SegmentSlice> Load(SequenceKey key, long from, long to, int most, Func<SegmentSlice, bool>? isWanted)
        => SegmentSliceReader.Load(segments, key, from, to, most, isWanted);

    public virtual SegmentSlice? WholeSegments(SequenceKey key, long from, long to) => SegmentSliceReader.WholeSegments(segments, key, from, to);

    public virtual long IndexOfTime(SequenceKey key, double t)
        => segments.EndingAfter(key, t) is not { } holding ? End(key).Count
            : holding.FirstT > t ? holding.Start
            : holding.Start + SegmentCodec.FirstLater(segments.Load(key, holding.Start, holding.IsSealed), t);

    public virtual SequenceSummary Summarize(SequenceKey key, long from, long to) => SequenceReader.Summarize(segments, key, from, to);

    public virtual long? LowestCount(SequenceKey key, long afterTreeVersion)
        => Session.All(
            "SELECT min(count) FROM removals WHERE stream = $1 AND sequence = $2 AND tree_version > $3",
            row => row.IsNull(0) ? (long?)null : row.Integer(0),
            key.Stream, key.Number, afterTreeVersion)[0];

    public virtual Receipt? FindReceipt(long deviceId, string id)
        => Session.First(
            "SELECT t, count, target, content FROM receipts WHERE device_id = $1 AND id = $2",
            row => new Receipt(deviceId, id, row.Real(0), row.Integer(1), row.Text(2)) { Content = row.IsNull(3) ? null : row.Text(3) },
            deviceId, id);

    public TreeCounts CountTree()
        => Session.All("SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM devices), (SELECT count(*) FROM streams)", row => new TreeCounts(row.Integer(0), row.Integer(1), row.Integer(2)))[0];

    public long CountDevices(UserRecord user) => Session.Value<long>("SELECT count(*) FROM devices WHERE user_id = $1", user.Id);

    public long CountStreams(DeviceRecord device) => Session.Value<long>("SELECT count(*) FROM streams WHERE device_id = $1", device.Id);

    /// <summary>Reads a list in pages, so that other statements can run between its rows.</summary>
    /// <param name="read">Reads at most so many rows after a name.</param>
    private static IEnumerable<T> Pages<T>(string after, Func<string, int, List<T>> read, Func<T, string> nameOf)
    {
        const int Most = 1000;
        while (true)
        {
            List<T> page = read(after, Most);
            foreach (T row in page)
            {
                yield return row;
            }

            if (page.Count < Most)
            {
                yield break;
            }

            after = nameOf(page[^1]);
        }
    }
}
