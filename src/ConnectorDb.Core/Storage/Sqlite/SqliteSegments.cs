using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>The segments of a store: two tables of one shape, sealed segments apart from the tail.</summary>
internal sealed class SqliteSegments(SqliteSession session) : ISegmentTable
{
    private const string Content = "checksum, time_codec, value_codec, times, origins, content";
    private const string OfSequence = "WHERE stream = ?1 AND sequence = ?2";
    private const string Columns = "(stream, sequence, start, count, first_t, last_t, number_count, number_sum, number_min, number_max, number_rest, running_sum, tail_start, tail_weight, checksum, time_codec, value_codec, times, origins, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)";

    private readonly string _bounds = $"SELECT start, count, first_t, last_t, number_count, number_sum, number_min, number_max, {(SqliteSchema.HasSums(session) ? "number_rest, running_sum" : "NULL, NULL")}, tail_start, tail_weight";

    private Statement? _sealedBefore;
    private Statement? _tailBefore;
    private Statement? _addToTail;

    public SegmentBounds? Last(SequenceKey key, bool isSealed)
        => AtOrBefore(key, long.MaxValue, isSealed);

    public SegmentBounds? AtOrBefore(SequenceKey key, long index, bool isSealed)
    {
        Statement statement = isSealed
            ? _sealedBefore ??= session[$"{_bounds} FROM segments {OfSequence} AND start <= ?3 ORDER BY start DESC LIMIT 1"]
            : _tailBefore ??= session[$"{_bounds} FROM tail {OfSequence} AND start <= ?3 ORDER BY start DESC LIMIT 1"];
        using Row row = statement.Query(key.Stream, key.Number, index);
        return row.Read() ? ReadBounds(row, isSealed) : null;
    }

    public IEnumerable<SegmentBounds> From(SequenceKey key, long index, bool isSealed)
    {
        Statement statement = session[isSealed
            ? $"{_bounds} FROM segments {OfSequence} AND start >= ?3 ORDER BY start"
            : $"{_bounds} FROM tail {OfSequence} AND start >= ?3 ORDER BY start"];
        using Row row = statement.Query(key.Stream, key.Number, index);
        while (row.Read())
        {
            yield return ReadBounds(row, isSealed);
        }
    }

    public EncodedSegment Load(SequenceKey key, long start, bool isSealed)
    {
        Statement statement = session[isSealed
            ? $"{_bounds}, {Content} FROM segments {OfSequence} AND start = ?3"
            : $"{_bounds}, {Content} FROM tail {OfSequence} AND start = ?3"];
        return statement.First(row => ReadContent(row, ReadBounds(row, isSealed)), key.Stream, key.Number, start)!;
    }

    public IEnumerable<(SegmentBounds Bounds, EncodedSegment Content)> LoadFrom(SequenceKey key, long index, bool isSealed)
    {
        Statement statement = session[isSealed
            ? $"{_bounds}, {Content} FROM segments {OfSequence} AND start >= ?3 ORDER BY start"
            : $"{_bounds}, {Content} FROM tail {OfSequence} AND start >= ?3 ORDER BY start"];
        using Row row = statement.Query(key.Stream, key.Number, index);
        while (row.Read())
        {
            SegmentBounds bounds = ReadBounds(row, isSealed);
            yield return (bounds, ReadContent(row, bounds));
        }
    }

    public void Seal(SequenceKey key, long start, EncodedSegment segment, double? runningSum)
        => Insert(session[$"INSERT INTO segments {Columns}"], key, start, segment, runningSum, default);

    public void AddToTail(SequenceKey key, long start, EncodedSegment segment, double? runningSum, TailState tail)
        => Insert(_addToTail ??= session[$"INSERT INTO tail {Columns}"], key, start, segment, runningSum, tail);

    public void RemoveTail(SequenceKey key)
        => session[$"DELETE FROM tail {OfSequence}"].Run(key.Stream, key.Number);

    public void RemoveAll(SequenceKey key)
    {
        RemoveTail(key);
        session[$"DELETE FROM segments {OfSequence}"].Run(key.Stream, key.Number);
    }

    private static void Insert(Statement statement, SequenceKey key, long start, EncodedSegment segment, double? runningSum, TailState tail)
    {
        NumberSummary? numbers = segment.Numbers;
        statement.Run(
            key.Stream,
            key.Number,
            start,
            segment.Count,
            segment.FirstT,
            segment.LastT,
            numbers?.Count ?? 0,
            numbers is { Sum: var sum } && !double.IsNaN(sum) ? sum : null,
            numbers?.Minimum,
            numbers?.Maximum,
            numbers?.Rest,
            runningSum,
            tail.Start,
            tail.Weight,
            (long)segment.Checksum,
            segment.TimeCodec,
            segment.ValueCodec,
            segment.Times,
            segment.Origins,
            segment.Values);
    }

    private static SegmentBounds ReadBounds(Row row, bool isSealed)
        => new(row.Integer(0), (int)row.Integer(1), row.Real(2), row.Real(3), ReadNumbers(row, 4), row.RealOrNull(9), isSealed, new TailState(row.Integer(10), row.Integer(11)));

    private static EncodedSegment ReadContent(Row row, SegmentBounds bounds) => new(
        bounds.Count,
        bounds.FirstT,
        bounds.LastT,
        row.Text(13),
        row.Bytes(15),
        row.Text(14),
        row.Bytes(17),
        row.BytesOrNull(16),
        bounds.Numbers,
        (uint)row.Integer(12));

    private static NumberSummary? ReadNumbers(Row row, int at)
    {
        long count = row.Integer(at);
        return count == 0
            ? null
            : new NumberSummary(count, row.IsNull(at + 1) ? double.NaN : row.Real(at + 1), row.RealOrNull(at + 4), row.Real(at + 2), row.Real(at + 3));
    }
}
