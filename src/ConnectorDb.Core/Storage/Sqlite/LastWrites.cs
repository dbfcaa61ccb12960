using ConnectorDb.Columns;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>
/// Caches the ends and tails of the sequences that the writing connection wrote last, so that the next append need not read them. The
/// cache is cleared when another connection changed anything, and when work is undone.
/// </summary>
internal sealed class LastWrites(SqliteSession session)
{
    private const int MaxSequences = 50_000;
    private const long MaxBytes = 64 << 20;
    private const int BytesOfTime = sizeof(double);

    private readonly Dictionary<SequenceKey, Known> _sequences = [];
    private long _bytes;
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

    public SegmentBounds? EndOf(SequenceKey key) => _sequences.TryGetValue(key, out Known? known) ? known.End : null;

    /// <summary>All datapoints of the tail; null when not all are known.</summary>
    public Block? TailOf(SequenceKey key) => _sequences.TryGetValue(key, out Known? known) ? known.Tail?.Build() : null;

    /// <summary>The sequence ends with this segment now.</summary>
    public void Keep(SequenceKey key, SegmentBounds end, Block block)
    {
        BlockBuilder? tail = TailWith(key, end, block);
        Drop(key);
        if (_sequences.Count == MaxSequences || _bytes > MaxBytes)
        {
            _sequences.Clear();
            _bytes = 0;
        }

        Known known = new(end, tail);
        _sequences[key] = known;
        _bytes += known.Bytes;
    }

    public void Forget(SequenceKey key)
    {
        Drop(key);
        Buffered?.RemoveAll(block => block.Key == key);
    }

    public void Forget()
    {
        TreeVersion = null;
        Buffered = null;
        _sequences.Clear();
        _bytes = 0;
    }

    private void Drop(SequenceKey key)
    {
        if (_sequences.Remove(key, out Known? known))
        {
            _bytes -= known.Bytes;
        }
    }

    private BlockBuilder? TailWith(SequenceKey key, SegmentBounds end, Block block)
    {
        BlockBuilder? tail = end.IsSealed ? null
            : end.Tail.Start == end.Start ? new BlockBuilder(block.Count, hasRecords: true)
            : _sequences.GetValueOrDefault(key)?.Tail;
        tail?.Add(block, 0, block.Count);
        return tail;
    }

    private sealed record Known(SegmentBounds End, BlockBuilder? Tail)
    {
        public long Bytes { get; } = Tail is null ? 0 : End.Tail.Weight + (BytesOfTime * Tail.Count);
    }
}
