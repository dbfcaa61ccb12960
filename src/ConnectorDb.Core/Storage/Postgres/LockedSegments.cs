using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Segments;
using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Core.Storage.Tables;

namespace ConnectorDb.Core.Storage.Postgres;

/// <summary>
/// The segments of sequences in a transaction that holds the row of each sequence that it uses, so that no writer of another process changes it
/// meanwhile. A changed sequence gets its new count and another version at the end of each change.
/// </summary>
/// <param name="version">The version of all sequences that this transaction changes.</param>
internal sealed class LockedSegments(PostgresSession session, long version) : SegmentRows(session), ISegmentTable
{
    private static readonly string s_insert = $"(stream, sequence, {SegmentColumns.All}) VALUES ({string.Join(", ", Enumerable.Range(1, 21).Select(i => $"${i}"))})";

    private readonly HashSet<SequenceKey> _locked = [];

    /// <summary>The sequences whose rows this transaction holds.</summary>
    public IEnumerable<SequenceKey> Locked => _locked;

    public override SegmentBounds? Last(SequenceKey key)
    {
        Lock(key);
        return base.Last(key);
    }

    public override SequenceEnd End(SequenceKey key)
    {
        Lock(key);
        return base.End(key);
    }

    public override SegmentBounds? AtOrBefore(SequenceKey key, long index, bool isSealed)
    {
        Lock(key);
        return base.AtOrBefore(key, index, isSealed);
    }

    public void Seal(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members)
        => Add(StoredSegment.Encode(key, start, points, runningSum, members, isSealed: true, default));

    public void AddToTail(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members, TailState tail)
        => Add(StoredSegment.Encode(key, start, points, runningSum, members, isSealed: false, tail));

    public void Insert(SequenceKey key, long start, Block points, double? runningSum, MemberStatistics members) => Seal(key, start, points, runningSum, members);

    public void RemoveSealed(SequenceKey key, long start) => Session.Run("DELETE FROM segments WHERE stream = $1 AND sequence = $2 AND start = $3", key.Stream, key.Number, start);

    public void Move(SequenceKey key, long from, long to, double? runningSum, MemberStatistics members)
        => Session.Run("UPDATE segments SET start = $4, running_sum = $5, members = $6 WHERE stream = $1 AND sequence = $2 AND start = $3", key.Stream, key.Number, from, to, runningSum, members.ToBytes());

    public Block TakeTail(SequenceKey key, long start)
    {
        Block tail = BlockJoin.Join(LoadFrom(key, start, isSealed: false).Select(row => SegmentCodec.Decode(row.Content)));
        RemoveTail(key);
        return tail;
    }

    public void RemoveFrom(SequenceKey key, long start)
    {
        RemoveTail(key);
        Session.Run("DELETE FROM segments WHERE stream = $1 AND sequence = $2 AND start >= $3", key.Stream, key.Number, start);
    }

    public void RemoveAll(SequenceKey key)
    {
        Lock(key);
        RemoveFrom(key, 0);
        Session.Run("DELETE FROM sequences WHERE stream = $1 AND sequence = $2", key.Stream, key.Number);
    }

    /// <summary>Runs a change of a sequence, and stores its new end.</summary>
    public T Change<T>(SequenceKey key, Func<T> change)
    {
        Lock(key);
        T result = change();
        SequenceEnd end = SequenceReader.End(Last(key));
        Session.Run("UPDATE sequences SET version = $3, count = $4, newest_t = $5 WHERE stream = $1 AND sequence = $2", key.Stream, key.Number, version, end.Count, end.NewestT);
        return result;
    }

    /// <summary>Takes the row of the sequence, which is created where it is missing. A stream that was removed has none, and its sequences are empty.</summary>
    private void Lock(SequenceKey key)
    {
        if (!_locked.Add(key))
        {
            return;
        }

        const string Take = "SELECT 1 FROM sequences WHERE stream = $1 AND sequence = $2 FOR UPDATE";
        if (Session.All(Take, row => row.Integer(0), key.Stream, key.Number).Count == 0)
        {
            Session.Run("INSERT INTO sequences (stream, sequence, version, count) SELECT id, $2, $3, 0 FROM streams WHERE id = $1 ON CONFLICT DO NOTHING", key.Stream, key.Number, version);
            Session.All(Take, row => row.Integer(0), key.Stream, key.Number);
        }
    }

    private void RemoveTail(SequenceKey key) => Session.Run("DELETE FROM tail WHERE stream = $1 AND sequence = $2", key.Stream, key.Number);

    private void Add(StoredSegment segment)
    {
        (SequenceKey key, SegmentBounds bounds, EncodedSegment content) = segment;
        Session.Run(
            $"INSERT INTO {Table(bounds.IsSealed)} {s_insert}",
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
}
