using ConnectorDb.Columns;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>
/// The segments of a store: the sealed ones, and the tail. Short blocks go to a write buffer first, those of all sequences side by
/// side, so that many that come at once touch few pages; when it is full, they are moved to the tail. In the file the buffer is the
/// table <c>arrivals</c>. See docs/design/010-store.md.
/// </summary>
/// <param name="last">Kept up to date; null where nothing is written.</param>
internal sealed class SqliteSegments(SqliteSession session, LastWrites? last) : ISegmentTable
{
    private const int MaxBuffered = 128;
    private const int MaxBufferedCount = 16;
    private const int MaxBufferedBytes = 1024;

    private readonly SegmentRows _sealed = new(session, "segments", "start", isSealed: true);
    private readonly SegmentRows _tail = new(session, "tail", "start", isSealed: false);
    private readonly SegmentRows? _buffer = SqliteSchema.HasArrivals(session) ? new(session, "arrivals", "id", isSealed: false) : null;

    /// <summary>This transaction appends to so many sequences that the buffer would join none of their blocks.</summary>
    private bool _skipsBuffer;

    /// <summary>To be called within a new transaction.</summary>
    public void Begin() => _skipsBuffer = false;

    public SegmentBounds? Last(SequenceKey key)
        => last?.EndOf(key) ?? AtOrBefore(key, long.MaxValue, isSealed: false) ?? AtOrBefore(key, long.MaxValue, isSealed: true);

    public SegmentBounds? AtOrBefore(SequenceKey key, long index, bool isSealed) => isSealed
        ? _sealed.AtOrBefore(key, index)
        : _buffer?.AtOrBefore(key, index) ?? _tail.AtOrBefore(key, index);

    public IEnumerable<SegmentBounds> From(SequenceKey key, long index, bool isSealed) => isSealed
        ? _sealed.From(key, index)
        : _tail.From(key, index).Concat(_buffer?.From(key, index) ?? []);

    public EncodedSegment Load(SequenceKey key, long start, bool isSealed)
        => (isSealed ? _sealed.Load(key, start) : _tail.Load(key, start) ?? _buffer?.Load(key, start))!;

    public IEnumerable<(SegmentBounds Bounds, EncodedSegment Content)> LoadFrom(SequenceKey key, long index, bool isSealed)
        => (isSealed ? _sealed.LoadFrom(key, index) : _tail.LoadFrom(key, index).Concat(_buffer?.LoadFrom(key, index) ?? []))
            .Select(row => (row.Bounds, row.Content));

    public void Seal(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members)
        => Add(_sealed, StoredSegment.Encode(key, start, points, runningSum, members, isSealed: true, default));

    public void AddToTail(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members, TailState tail)
    {
        StoredSegment segment = StoredSegment.Encode(key, start, points, runningSum, members, isSealed: false, tail);
        bool isBuffered = points.Count <= MaxBufferedCount && segment.Content.Values.Length <= MaxBufferedBytes && !_skipsBuffer;
        if (isBuffered ? CountBuffered() >= MaxBuffered : IsInBuffer(key, start))
        {
            EmptyBuffer();
            isBuffered &= !_skipsBuffer;
        }

        Add(isBuffered ? _buffer! : _tail, segment);
        if (isBuffered)
        {
            last?.Buffered?.Add(segment);
        }
    }

    public void Insert(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members)
    {
        Seal(key, start, points, runningSum, members);
        last?.Forget(key);
    }

    public void RemoveSealed(SequenceKey key, long start)
    {
        last?.Forget(key);
        _sealed.RemoveOne(key, start);
    }

    public void Move(SequenceKey key, long from, long to, double? runningSum, MemberStatistics members)
    {
        last?.Forget(key);
        _sealed.Move(key, from, to, runningSum, members);
    }

    public Block TakeTail(SequenceKey key, long start)
    {
        Block tail = BlockJoin.Join(LoadFrom(key, start, isSealed: false).Select(row => SegmentCodec.Decode(row.Content)));
        RemoveTail(key);
        return tail;
    }

    public void RemoveFrom(SequenceKey key, long start)
    {
        RemoveTail(key);
        _sealed.RemoveFrom(key, start);
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
        _buffer!.Remove(key);
    }

    private void Add(SegmentRows rows, StoredSegment segment)
    {
        rows.Add(segment);
        last?.Keep(segment.Key, segment.Bounds);
    }

    private long CountBuffered() => last?.Buffered?.Count ?? _buffer!.Count;

    private bool IsInBuffer(SequenceKey key, long start)
        => last?.Buffered is { } known ? known.Exists(segment => segment.Key == key) : _buffer!.AtOrBefore(key, start) is not null;

    /// <summary>Moves the blocks to the tail, those of one sequence as one row.</summary>
    private void EmptyBuffer()
    {
        int before = 0;
        int after = 0;
        foreach (IGrouping<SequenceKey, StoredSegment> blocks in (last?.Buffered ?? _buffer!.All()).GroupBy(row => row.Key))
        {
            StoredSegment[] together = [.. blocks];
            before += together.Length;
            after++;
            foreach (StoredSegment segment in Join(together))
            {
                _tail.Add(segment);
            }
        }

        // Then each block would be encoded and written twice for nothing.
        _skipsBuffer = 2 * after > before;
        _buffer!.Clear();
        last?.Buffered = [];
    }

    /// <summary>Joins the blocks of one sequence. Where one is damaged they stay as they are, so that other sequences can still be written.</summary>
    private static StoredSegment[] Join(StoredSegment[] blocks)
    {
        if (blocks.Length == 1)
        {
            return blocks;
        }

        try
        {
            Block points = BlockJoin.Join(blocks.Select(row => SegmentCodec.Decode(row.Content)));
            (SequenceKey key, SegmentBounds end, _) = blocks[^1];
            MemberStatistics members = MemberStatistics.Of(points.Values, MemberStatistics.None).WithSumsOf(end.Members);
            return [StoredSegment.Encode(key, blocks[0].Bounds.Start, points, end.RunningSum, members, isSealed: false, end.Tail)];
        }
        catch (StoreException error) when (error.Fault is StoreFault.Damaged or StoreFault.NewerVersion)
        {
            return blocks;
        }
    }
}
