using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Core.Storage.Tables;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The segments of all sequences, as the statements of one connection see them.</summary>
internal class SegmentRows(PostgresSession session) : ISegmentRows
{
    /// <summary>The number of rows of the first page. Callers often stop after a few rows, and a connection has one open result at a time.</summary>
    private const int FirstPage = 16;

    private const int MostBounds = 1024;
    private const int MostContents = 64;
    private const string OfSequence = "WHERE stream = $1 AND sequence = $2";

    protected PostgresSession Session { get; } = session;

    public virtual SegmentBounds? Last(SequenceKey key) => AtOrBefore(key, long.MaxValue, isSealed: false) ?? AtOrBefore(key, long.MaxValue, isSealed: true);

    public virtual SegmentBounds? AtOrBefore(SequenceKey key, long index, bool isSealed)
        => Session.All(
            $"SELECT {SegmentColumns.Bounds} FROM {Table(isSealed)} {OfSequence} AND start <= $3 ORDER BY start DESC LIMIT 1",
            row => SegmentColumns.ReadBounds(row, isSealed),
            key.Stream, key.Number, index) is [var bounds] ? bounds : null;

    public virtual IEnumerable<SegmentBounds> From(SequenceKey key, long index, bool isSealed)
        => Pages(
            MostBounds,
            index,
            (at, most) => Session.All(
                $"SELECT {SegmentColumns.Bounds} FROM {Table(isSealed)} {OfSequence} AND start >= $3 ORDER BY start LIMIT $4",
                row => SegmentColumns.ReadBounds(row, isSealed),
                key.Stream, key.Number, at, most),
            bounds => bounds.End);

    public virtual EncodedSegment Load(SequenceKey key, long start, bool isSealed)
        => Session.First($"SELECT {SegmentColumns.All} FROM {Table(isSealed)} {OfSequence} AND start = $3", row => SegmentColumns.ReadContent(row, SegmentColumns.ReadBounds(row, isSealed)), key.Stream, key.Number, start)!;

    public virtual IEnumerable<(SegmentBounds Bounds, EncodedSegment Content)> LoadFrom(SequenceKey key, long index, bool isSealed)
        => Pages(
            MostContents,
            index,
            (at, most) => Session.All(
                $"SELECT {SegmentColumns.All} FROM {Table(isSealed)} {OfSequence} AND start >= $3 ORDER BY start LIMIT $4",
                row =>
                {
                    SegmentBounds bounds = SegmentColumns.ReadBounds(row, isSealed);
                    return (bounds, SegmentColumns.ReadContent(row, bounds));
                },
                key.Stream, key.Number, at, most),
            row => row.bounds.End);

    /// <summary>The end of a sequence without its segments.</summary>
    public virtual SequenceEnd End(SequenceKey key)
        => Session.All($"SELECT count, newest_t FROM sequences {OfSequence}", row => new SequenceEnd(row.Integer(0), row.IsNull(1) ? null : row.Real(1)), key.Stream, key.Number) is [var end] ? end : default;

    /// <summary>The segment with the first datapoint that is later than a time, found by an index of times; null when there is none.</summary>
    public SegmentBounds? EndingAfter(SequenceKey key, double t)
    {
        foreach (bool isSealed in (ReadOnlySpan<bool>)[true, false])
        {
            if (Session.All(
                $"SELECT {SegmentColumns.Bounds} FROM {Table(isSealed)} {OfSequence} AND last_t > $3 ORDER BY {(isSealed ? "last_t, " : "")}start LIMIT 1",
                row => SegmentColumns.ReadBounds(row, isSealed),
                key.Stream, key.Number, t) is [var bounds])
            {
                return bounds;
            }
        }

        return null;
    }

    protected static string Table(bool isSealed) => isSealed ? "segments" : "tail";

    private static IEnumerable<T> Pages<T>(int most, long index, Func<long, int, List<T>> read, Func<T, long> endOf)
    {
        int size = FirstPage;
        while (true)
        {
            List<T> page = read(index, size);
            foreach (T row in page)
            {
                yield return row;
            }

            if (page.Count < size)
            {
                yield break;
            }

            index = endOf(page[^1]);
            size = Math.Min(4 * size, most);
        }
    }
}
