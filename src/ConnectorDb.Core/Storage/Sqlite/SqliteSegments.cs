using ConnectorDb.Columns;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>
/// The segments of a store: the sealed ones, and the tail. What is short lies in a table of arrivals first, those of all
/// sequences side by side, so that many that come at once touch few pages; when that table is full, they are gathered in
/// the tail. See docs/design/010-store.md.
/// </summary>
/// <param name="last">Kept up to date; null where nothing is written.</param>
internal sealed class SqliteSegments(SqliteSession session, LastWrites? last) : ISegmentTable
{
    private const int MostArrivals = 128;
    private const int LongestArrival = 16;
    private const int HeaviestArrival = 1024;

    private readonly SegmentRows _sealed = new(session, "segments", "start", isSealed: true);
    private readonly SegmentRows _tail = new(session, "tail", "start", isSealed: false);
    private readonly SegmentRows? _arrivals = SqliteSchema.HasArrivals(session) ? new(session, "arrivals", "id", isSealed: false) : null;

    public SegmentBounds? Last(SequenceKey key)
        => last?.EndOf(key) ?? AtOrBefore(key, long.MaxValue, isSealed: false) ?? AtOrBefore(key, long.MaxValue, isSealed: true);

    public SegmentBounds? AtOrBefore(SequenceKey key, long index, bool isSealed) => isSealed
        ? _sealed.AtOrBefore(key, index)
        : _arrivals?.AtOrBefore(key, index) ?? _tail.AtOrBefore(key, index);

    public IEnumerable<SegmentBounds> From(SequenceKey key, long index, bool isSealed) => isSealed
        ? _sealed.From(key, index)
        : _tail.From(key, index).Concat(_arrivals?.From(key, index) ?? []);

    public EncodedSegment Load(SequenceKey key, long start, bool isSealed)
        => (isSealed ? _sealed.Load(key, start) : _tail.Load(key, start) ?? _arrivals?.Load(key, start))!;

    public IEnumerable<(SegmentBounds Bounds, EncodedSegment Content)> LoadFrom(SequenceKey key, long index, bool isSealed)
        => (isSealed ? _sealed.LoadFrom(key, index) : _tail.LoadFrom(key, index).Concat(_arrivals?.LoadFrom(key, index) ?? []))
            .Select(row => (row.Bounds, row.Content));

    public void Seal(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members)
        => Add(_sealed, Encode(key, start, points, runningSum, members, isSealed: true, default), points);

    public void AddToTail(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members, TailState tail)
    {
        StoredSegment segment = Encode(key, start, points, runningSum, members, isSealed: false, tail);
        bool isArrival = points.Count <= LongestArrival && segment.Content.Values.Length <= HeaviestArrival;
        if (isArrival ? CountArrivals() >= MostArrivals : _arrivals!.AtOrBefore(key, start) is not null)
        {
            Gather();
        }

        Add(isArrival ? _arrivals! : _tail, segment, points);
        if (isArrival)
        {
            last?.Arrivals?.Add(segment);
        }
    }

    public Block TakeTail(SequenceKey key, long start)
    {
        Block tail = last?.TailOf(key) ?? BlockJoin.Join(LoadFrom(key, start, isSealed: false).Select(row => SegmentCodec.Decode(row.Content)));
        RemoveTail(key);
        return tail;
    }

    public void RemoveAll(SequenceKey key)
    {
        RemoveTail(key);
        _sealed.Remove(key);
    }

    private void RemoveTail(SequenceKey key)
    {
        last?.Forget(key);
        _tail.Remove(key);
        _arrivals!.Remove(key);
    }

    private static StoredSegment Encode(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members, bool isSealed, TailState tail)
    {
        EncodedSegment content = SegmentCodec.Encode(points);
        return new StoredSegment(key, new SegmentBounds(start, content.Count, content.FirstT, content.LastT, content.Numbers, runningSum, members, isSealed, tail), content);
    }

    private void Add(SegmentRows rows, StoredSegment segment, Block points)
    {
        rows.Add(segment);
        last?.Keep(segment.Key, segment.Bounds, points);
    }

    private long CountArrivals() => last?.Arrivals?.Count ?? _arrivals!.Count;

    /// <summary>Makes one row of the tail of what arrived in each sequence.</summary>
    private void Gather()
    {
        foreach (IGrouping<SequenceKey, StoredSegment> arrivals in (last?.Arrivals ?? _arrivals!.All()).GroupBy(row => row.Key))
        {
            foreach (StoredSegment segment in Join([.. arrivals]))
            {
                _tail.Add(segment);
            }
        }

        _arrivals!.Clear();
        last?.Arrivals = [];
    }

    /// <summary>Where one is damaged they stay as they are, so that it is no hindrance to other sequences.</summary>
    private static StoredSegment[] Join(StoredSegment[] arrivals)
    {
        try
        {
            Block points = BlockJoin.Join(arrivals.Select(row => SegmentCodec.Decode(row.Content)));
            (SequenceKey key, SegmentBounds end, _) = arrivals[^1];
            MemberStatistics members = MemberStatistics.Of(points.Values, MemberStatistics.None).WithSumsOf(end.Members);
            return [Encode(key, arrivals[0].Bounds.Start, points, end.RunningSum, members, isSealed: false, end.Tail)];
        }
        catch (StoreException error) when (error.Fault is StoreFault.Damaged or StoreFault.NewerVersion)
        {
            return arrivals;
        }
    }
}
