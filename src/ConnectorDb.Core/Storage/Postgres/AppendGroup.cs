using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>
/// The appends of a group of callers. They run without a transaction, on cached ends of sequences; <see cref="AppendStatement"/> then stores them if the versions
/// of the tree and of each sequence are still the same. Work that does more than append ends with <see cref="LockRequiredException"/>, work on rows that others keep locked with <see cref="HeldSequenceException"/>.
/// </summary>
internal sealed class AppendGroup : PostgresReader, IStoreWriter
{
    private readonly TableLayout _layout;
    private readonly SequenceHeads _heads;
    private readonly HeldSequences? _held;
    private readonly PendingSegments _segments;
    private readonly List<Receipt> _receipts = [];
    private int _receiptsBefore;

    public AppendGroup(PostgresSession session, TableLayout layout, SequenceHeads heads, HeldSequences? held, string location)
        : base(session, new SegmentRows(session), location)
    {
        (_layout, _heads, _held) = (layout, heads, held);
        _segments = new PendingSegments(session, layout, heads, held);
        TreeVersion = heads.TreeVersion ??= base.TreeVersion;
    }

    /// <summary>The version that the changed sequences get. It is random, so that after a broken connection the version of a sequence tells whether this group was stored.</summary>
    public long Version { get; } = Random.Shared.NextInt64(1, long.MaxValue);

    public override long TreeVersion { get; }

    /// <summary>All sequences that were read or changed, in the order in which their rows are locked.</summary>
    public PendingSequence[] Sequences => [.. _segments.Sequences.OrderBy(sequence => sequence.Key.Stream).ThenBy(sequence => sequence.Key.Number)];

    public IReadOnlyList<Receipt> Receipts => _receipts;

    /// <summary>True when a result is that of an earlier append, which may not be on the standby yet.</summary>
    public bool HasFoundReceipt { get; private set; }

    /// <summary>Receipts before this time are deleted, in unix seconds.</summary>
    public double OldestReceipt { get; private set; } = double.NegativeInfinity;

    /// <summary>Begins a request, which can be undone alone.</summary>
    public void Begin(CancellationToken cancellation)
    {
        Session.Cancellation = cancellation;
        _segments.Begin();
        _receiptsBefore = _receipts.Count;
    }

    public void Undo()
    {
        _segments.Undo();
        _receipts.RemoveRange(_receiptsBefore, _receipts.Count - _receiptsBefore);
    }

    /// <summary>Remembers the ends of the sequences after the group was stored.</summary>
    public void KeepHeads()
    {
        foreach (PendingSequence sequence in _segments.Sequences)
        {
            _heads.Keep(sequence.Key, sequence.IsChanged ? new SequenceHead(Version, sequence.Last) : sequence.Head);
        }
    }

    /// <summary>Forgets the cached ends of sequences, because another server has changed some of them.</summary>
    public void ForgetHeads()
    {
        _heads.TreeVersion = null;
        foreach (PendingSequence sequence in _segments.Sequences)
        {
            _heads.Forget(sequence.Key);
        }
    }

    public override SequenceEnd End(SequenceKey key) => SequenceReader.End(_segments.Last(key));

    public void Append(SequenceKey key, Func<SequenceEnd, Block> fit) => SequenceWriter.Append(_segments, key, fit, Session.Cancellation);

    public MergeResult Merge(SequenceKey key, Block block) => SequenceMerge.Run(_segments, key, block, Session.Cancellation);

    public override Receipt? FindReceipt(long deviceId, string id)
    {
        if (_receipts.Find(receipt => receipt.DeviceId == deviceId && receipt.Id == id) is { } added)
        {
            return added;
        }

        // Rows of a device lie where those of a stream with its number would.
        Receipt? stored = _held is null ? base.FindReceipt(deviceId, id) : _held.Read(Session, _layout, new SequenceKey(deviceId, 0), () => base.FindReceipt(deviceId, id));
        HasFoundReceipt |= stored is not null;
        return stored;
    }

    public void Keep(Receipt receipt, double oldest)
    {
        _receipts.Add(receipt);
        OldestReceipt = Math.Max(OldestReceipt, oldest);
    }

    public override Block Read(SequenceKey key, long from, long to) => throw new LockRequiredException();

    public override IReadOnlyList<SegmentSlice> Load(SequenceKey key, long from, long to, int most, Func<SegmentSlice, bool>? isWanted) => throw new LockRequiredException();

    public override SegmentSlice? WholeSegments(SequenceKey key, long from, long to) => throw new LockRequiredException();

    public override long IndexOfTime(SequenceKey key, double t) => throw new LockRequiredException();

    public override SequenceSummary Summarize(SequenceKey key, long from, long to) => throw new LockRequiredException();

    public override long? LowestCount(SequenceKey key, long afterTreeVersion) => throw new LockRequiredException();

    public void Truncate(SequenceKey key, long count) => throw new LockRequiredException();

    public void Clear(SequenceKey key) => throw new LockRequiredException();

    public UserRecord Add(UserRecord user) => throw new LockRequiredException();

    public DeviceRecord Add(DeviceRecord device) => throw new LockRequiredException();

    public StreamRecord Add(StreamRecord stream) => throw new LockRequiredException();

    public SessionRecord Add(SessionRecord session, byte[] tokenHash) => throw new LockRequiredException();

    public void Use(SessionRecord session, double now) => throw new LockRequiredException();

    public void Remove(SessionRecord session) => throw new LockRequiredException();

    public void RemoveSessions(DeviceRecord device) => throw new LockRequiredException();

    public void RemoveSessions(double expiredBefore, double unusedSince) => throw new LockRequiredException();

    public void Change(UserRecord user) => throw new LockRequiredException();

    public void Change(DeviceRecord device) => throw new LockRequiredException();

    public void Change(StreamRecord stream) => throw new LockRequiredException();

    public void Remove(UserRecord user) => throw new LockRequiredException();

    public void Remove(DeviceRecord device) => throw new LockRequiredException();

    public void Remove(StreamRecord stream) => throw new LockRequiredException();
}
