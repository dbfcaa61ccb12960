using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Core.Storage.Tables;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>A table with a row for each segment.</summary>
/// <param name="order">The column by which the segments of a sequence are in order.</param>
internal sealed class SegmentRows(SqliteSession session, string table, string order, bool isSealed)
{
    private const string OfSequence = "WHERE stream = ?1 AND sequence = ?2";

    private readonly string _bounds = $"SELECT start, count, first_t, last_t, number_count, number_sum, {(SqliteSchema.HasSums(session) ? "number_rest" : "NULL")}, number_min, number_max, {(SqliteSchema.HasSums(session) ? "running_sum" : "NULL")}, tail_start, tail_weight, {(SqliteSchema.HasMembers(session) ? "members" : "NULL")}";

    private Statement Before => field ??= session[$"{_bounds} FROM {table} {OfSequence} AND start <= ?3 ORDER BY {order} DESC LIMIT 1"];

    private Statement After => field ??= session[$"{_bounds} FROM {table} {OfSequence} AND start >= ?3 ORDER BY {order}"];

    private Statement One => field ??= session[$"{_bounds}, {SegmentColumns.Content} FROM {table} {OfSequence} AND start = ?3"];

    private Statement Whole => field ??= session[$"{_bounds}, {SegmentColumns.Content} FROM {table} {OfSequence} AND start >= ?3 ORDER BY {order}"];

    private Statement Every => field ??= session[$"{_bounds}, {SegmentColumns.Content}, stream, sequence FROM {table} ORDER BY {order}"];

    private Statement Insert => field ??= session[$"INSERT INTO {table} (stream, sequence, {SegmentColumns.All}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)"];

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
        return row.Read() ? SegmentColumns.ReadBounds(row, isSealed) : null;
    }

    public IEnumerable<SegmentBounds> From(SequenceKey key, long index)
    {
        using Row row = After.Query(key.Stream, key.Number, index);
        while (row.Read())
        {
            yield return SegmentColumns.ReadBounds(row, isSealed);
        }
    }

    public EncodedSegment? Load(SequenceKey key, long start)
        => One.First(row => SegmentColumns.ReadContent(row, SegmentColumns.ReadBounds(row, isSealed)), key.Stream, key.Number, start);

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
            bounds.Numbers?.Rest,
            bounds.Numbers?.Minimum,
            bounds.Numbers?.Maximum,
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
        SegmentBounds bounds = SegmentColumns.ReadBounds(row, isSealed);
        return new StoredSegment(key, bounds, SegmentColumns.ReadContent(row, bounds));
    }
}
