using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>The ends of the sequences that a group appends to. Other work on a sequence needs its rows, see <see cref="LockedSegments"/>.</summary>
internal sealed class PendingSegments(PostgresSession session, TableLayout layout, SequenceHeads heads, HeldSequences? held) : ISegmentTable
{
    /// <summary>Larger appends are stored as they are encoded, so that memory does not grow with them.</summary>
    private const long MaxBytes = 32 << 20;

    private readonly Dictionary<SequenceKey, PendingSequence> _sequences = [];
    private readonly Dictionary<SequenceKey, PendingSequence> _before = [];
    private readonly SegmentRows _stored = new(session);
    private long _bytes;

    /// <summary>All sequences that were read or changed.</summary>
    public IEnumerable<PendingSequence> Sequences => _sequences.Values;

    /// <summary>Begins a request, which can be undone alone.</summary>
    public void Begin() => _before.Clear();

    /// <summary>Undoes the changes since <see cref="Begin"/>. The ends that were read stay, because the error of the request depends on them.</summary>
    public void Undo()
    {
        foreach ((SequenceKey key, PendingSequence before) in _before)
        {
            _sequences[key] = before;
        }

        _before.Clear();
    }

    public SegmentBounds? Last(SequenceKey key) => Of(key).Last;

    public SegmentBounds? AtOrBefore(SequenceKey key, long index, bool isSealed)
    {
        if (!isSealed)
        {
            throw new LockRequiredException();
        }

        SegmentBounds? added = null;
        foreach (StoredSegment segment in Of(key).Segments)
        {
            added = segment.Bounds.IsSealed && segment.Bounds.Start <= index ? segment.Bounds : added;
        }

        return added ?? _stored.AtOrBefore(key, index, isSealed);
    }

    public void Seal(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members)
        => Add(StoredSegment.Encode(key, start, points, runningSum, members, isSealed: true, default));

    public void AddToTail(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members, TailState tail)
        => Add(StoredSegment.Encode(key, start, points, runningSum, members, isSealed: false, tail));

    public Block TakeTail(SequenceKey key, long start)
    {
        PendingSequence sequence = Changing(key);
        IEnumerable<EncodedSegment> stored = sequence.DropsTail ? [] : _stored.LoadFrom(key, start, isSealed: false).Select(row => row.Content).ToArray();
        return BlockJoin.Join(stored.Concat(sequence.TakeTail().Select(row => row.Content)).Select(SegmentCodec.Decode));
    }

    public IEnumerable<SegmentBounds> From(SequenceKey key, long index, bool isSealed) => throw new LockRequiredException();

    public EncodedSegment Load(SequenceKey key, long start, bool isSealed) => throw new LockRequiredException();

    public IEnumerable<(SegmentBounds Bounds, EncodedSegment Content)> LoadFrom(SequenceKey key, long index, bool isSealed) => throw new LockRequiredException();

    public void Insert(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members) => throw new LockRequiredException();

    public void RemoveSealed(SequenceKey key, long start) => throw new LockRequiredException();

    public void Move(SequenceKey key, long from, long to, double? runningSum, MemberStatistics members) => throw new LockRequiredException();

    public void RemoveFrom(SequenceKey key, long start) => throw new LockRequiredException();

    public void RemoveAll(SequenceKey key) => throw new LockRequiredException();

    private PendingSequence Of(SequenceKey key)
    {
        if (!_sequences.TryGetValue(key, out PendingSequence? sequence))
        {
            if (held?.Contains(key) == true)
            {
                throw new HeldSequenceException();
            }

            sequence = new PendingSequence(key, held is null ? heads.Of(session, key) : held.Read(session, layout, key, () => heads.Of(session, key)));
            _sequences.Add(key, sequence);
        }

        return sequence;
    }

    private PendingSequence Changing(SequenceKey key)
    {
        PendingSequence sequence = Of(key);
        if (!_before.ContainsKey(key))
        {
            _before.Add(key, sequence.Copy());
        }

        return sequence;
    }

    private void Add(StoredSegment segment)
    {
        _bytes += segment.Content.Values.Length + segment.Content.Times.Length;
        if (_bytes > MaxBytes)
        {
            throw new LockRequiredException();
        }

        Changing(segment.Key).Add(segment);
    }
}
