using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>A table with a row for each segment.</summary>
/// <param name="order">The column by which the segments of a sequence are in order.</param>
internal sealed class SegmentRows(SqliteSession session, string table, string order, bool isSealed)
{
    private const string Content = "checksum, time_codec, value_codec, times, origins, content";
    private const string OfSequence = "WHERE stream = ?1 AND sequence = ?2";

    private readonly string _bounds = $"SELECT start, count, first_t, last_t, number_count, number_sum, number_min, number_max, {(SqliteSchema.HasSums(session) ? "number_rest, running_sum" : "NULL, NULL")}, tail_start, tail_weight, {(SqliteSchema.HasMembers(session) ? "members" : "NULL")}";

    private Statement Before => field ??= session[$"{_bounds} FROM {table} {OfSequence} AND start <= ?3 ORDER BY {order} DESC LIMIT 1"];

    private Statement After => field ??= session[$"{_bounds} FROM {table} {OfSequence} AND start >= ?3 ORDER BY {order}"];

    private Statement One => field ??= session[$"{_bounds}, {Content} FROM {table} {OfSequence} AND start = ?3"];

    private Statement Whole => field ??= session[$"{_bounds}, {Content} FROM {table} {OfSequence} AND start >= ?3 ORDER BY {order}"];

    private Statement Every => field ??= session[$"{_bounds}, {Content}, stream, sequence FROM {table} ORDER BY {order}"];

    private Statement Insert => field ??= session[$"INSERT INTO {table} (stream, sequence, start, count, first_t, last_t, number_count, number_sum, number_min, number_max, number_rest, running_sum, tail_start, tail_weight, members, checksum, time_codec, value_codec, times, origins, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)"];

    private Statement DeleteFrom => field ??= session[$"DELETE FROM {table} {OfSequence} AND start >= ?3"];

    private Statement DeleteOne => field ??= session[$"DELETE FROM {table} {OfSequence} AND start = ?3"];

    private Statement Update => field ??= session[$"UPDATE {table} SET start = ?4, running_sum = ?5, members = ?6 {OfSequence} AND start = ?3"];

    private Statement Delete => field ??= session[$"DELETE FROM {table} {OfSequence}"];

    public long Count
    {
        get
        {
            using Row row = session[$"SELECT count(*) FROM {table}"].Query();
            row.Read();
            return row.Integer(0);
        }
    }

    public SegmentBounds? AtOrBefore(SequenceKey key, long index)
    {
        using Row row = Before.Query(key.Stream, key.Number, index);
        return row.Read() ? ReadBounds(row) : null;
    }

    public IEnumerable<SegmentBounds> From(SequenceKey key, long index)
    {
        using Row row = After.Query(key.Stream, key.Number, index);
        while (row.Read())
        {
            yield return ReadBounds(row);
        }
    }

    public EncodedSegment? Load(SequenceKey key, long start)
        => One.First(row => ReadContent(row, ReadBounds(row)), key.Stream, key.Number, start);

    public IEnumerable<StoredSegment> LoadFrom(SequenceKey key, long index)
    {
        using Row row = Whole.Query(key.Stream, key.Number, index);
        while (row.Read())
        {
            yield return ReadSegment(row, key);
        }
    }

    /// <summary>The segments of all sequences.</summary>
    public List<StoredSegment> All() => Every.All(row => ReadSegment(row, new SequenceKey(row.Integer(19), (int)row.Integer(20))));

    public void Add(StoredSegment segment)
    {
        (SequenceKey key, SegmentBounds bounds, EncodedSegment content) = segment;
        Insert.Run(
            key.Stream,
            key.Number,
            bounds.Start,
            bounds.Count,
            bounds.FirstT,
            bounds.LastT,
            bounds.Numbers?.Count ?? 0,
            bounds.Numbers is { Sum: var sum } && !double.IsNaN(sum) ? sum : default(double?),
            bounds.Numbers?.Minimum,
            bounds.Numbers?.Maximum,
            bounds.Numbers?.Rest,
            bounds.RunningSum,
            bounds.Tail.Start,
            bounds.Tail.Weight,
            bounds.Members.ToBytes(),
            (long)content.Checksum,
            content.TimeCodec,
            content.ValueCodec,
            content.Times,
            content.Origins,
            content.Values);
    }

    public void RemoveFrom(SequenceKey key, long start) => DeleteFrom.Run(key.Stream, key.Number, start);

    public void RemoveOne(SequenceKey key, long start) => DeleteOne.Run(key.Stream, key.Number, start);

    public void Move(SequenceKey key, long from, long to, double? runningSum, MemberStatistics members) => Update.Run(key.Stream, key.Number, from, to, runningSum, members.ToBytes());

    public void Remove(SequenceKey key) => Delete.Run(key.Stream, key.Number);

    public void Clear() => session[$"DELETE FROM {table}"].Run();

    private StoredSegment ReadSegment(Row row, SequenceKey key)
    {
        SegmentBounds bounds = ReadBounds(row);
        return new StoredSegment(key, bounds, ReadContent(row, bounds));
    }

    private SegmentBounds ReadBounds(Row row)
        => new(row.Integer(0), (int)row.Integer(1), row.Real(2), row.Real(3), ReadNumbers(row, 4), row.RealOrNull(9), MemberStatistics.FromBytes(row.BytesOrNull(12)), isSealed, new TailState(row.Integer(10), row.Integer(11)));

    private static EncodedSegment ReadContent(Row row, SegmentBounds bounds) => new(
        bounds.Count,
        bounds.FirstT,
        bounds.LastT,
        row.Text(14),
        row.Bytes(16),
        row.Text(15),
        row.Bytes(18),
        row.BytesOrNull(17),
        bounds.Numbers,
        (uint)row.Integer(13));

    private static NumberSummary? ReadNumbers(Row row, int at)
    {
        long count = row.Integer(at);
        return count == 0
            ? null
            : new NumberSummary(count, row.IsNull(at + 1) ? double.NaN : row.Real(at + 1), row.RealOrNull(at + 4), row.Real(at + 2), row.Real(at + 3));
    }
}
