using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.PipeScript.Evaluation.Columns;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Engine.Reading;

/// <summary>
/// Reads datapoints of a sequence, several segments at a time. It starts with one, so that short reads stay cheap. A transaction is
/// open only while segments are loaded, however slow the reader is.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="path">The stream, for messages.</param>
/// <param name="range">The range of the sequence, as it was found.</param>
/// <param name="sources">The number of sequences that one query reads at the same time: of many, each reads less in advance.</param>
/// <param name="budget">Counts the datapoints that are read in advance.</param>
/// <param name="cancellation">Ends the query.</param>
internal sealed class SequenceScan(IStore store, CdbPath path, SequenceRange range, int sources, QueryBudget budget, CancellationToken cancellation)
{
    private const int MaxSlices = 16;

    /// <summary>The maximum number of segments of all sequences of a query.</summary>
    private const int MaxSlicesOfAll = 256;

    private readonly int _limit = Math.Clamp(MaxSlicesOfAll / sources, 1, MaxSlices);

    /// <summary>The maximum size in bytes of the blocks that are read in advance, unless the query has less memory: of large blocks fewer are, or none.</summary>
    private const long MaxAhead = 16 << 20;

    /// <summary>The part of the memory that the query has left, which they may take.</summary>
    private const int ShareOfMemory = 4;

    private readonly WorkingMemory _memory = new(budget);
    private long _treeVersion = range.TreeVersion;
    private long _held;
    private long _encoded;
    private long _blockSize;
    private int _most = 1;

    /// <summary>The datapoints from one index to before another.</summary>
    /// <param name="from">The first index.</param>
    /// <param name="to">The index after the last.</param>
    /// <param name="projection">The members of objects that the reader uses; null when it needs whole objects.</param>
    /// <exception cref="NotFoundException">The stream was deleted.</exception>
    public IEnumerable<Block> Read(long from, long to, MemberProjection? projection = null)
    {
        try
        {
            foreach (DecodeAhead<Block> decoded in LookAhead.Over(Load(from, to, isWanted: null).Select(slices => new DecodeAhead<Block>(slices.Count, i => projection is null ? slices[i].Decode() : slices[i].DecodeLazily(projection)))))
            {
                using (decoded)
                {
                    for (int i = 0; i < decoded.Count; i++)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        yield return Counted(decoded.Take(i));
                    }
                }
            }
        }
        finally
        {
            _memory.Replace(ref _held, 0);
        }
    }

    /// <summary>Loads the slices with the datapoints, several at a time.</summary>
    /// <param name="from">The first index.</param>
    /// <param name="to">The index after the last.</param>
    /// <param name="isWanted">Which slices to take out; null for all.</param>
    /// <exception cref="NotFoundException">The stream was deleted.</exception>
    public IEnumerable<IReadOnlyList<SegmentSlice>> Load(long from, long to, Func<SegmentSlice, bool>? isWanted)
    {
        long before = 0;
        try
        {
            while (from < to)
            {
                long at = from;
                IReadOnlyList<SegmentSlice> slices = Find(reader => reader.Load(range.Key, at, to, AheadOf(_most), isWanted), slices => slices.Count > 0);
                _most = Math.Min(2 * _most, _limit);

                // The ones before are still being read.
                long loaded = SizeOf(slices);
                _memory.Replace(ref _encoded, before + loaded);
                yield return slices;
                (before, from) = (loaded, slices[^1].To);
            }
        }
        finally
        {
            _memory.Replace(ref _encoded, 0);
        }
    }

    private static long SizeOf(IReadOnlyList<SegmentSlice> slices) => slices.Sum(slice => slice.Content?.Sum(segment => (long)segment.Times.Length + segment.Values.Length) ?? 0);

    /// <summary>Counts a block that was read, and those in advance, which are probably as large. A merge or dataset counts the one that it is in.</summary>
    /// <exception cref="QueryLimitException">The query needs too much memory.</exception>
    public Block Counted(Block block)
    {
        _blockSize = ColumnSize.Of(block.Values, long.MaxValue) + (sizeof(double) * block.Count);
        _memory.Replace(ref _held, _blockSize * ((sources == 1 ? 1 : 0) + (2 * (AheadOf(_most) - 1))));
        return block;
    }

    /// <summary>The number of blocks to load at once, at most a limit: two times as many can be in memory.</summary>
    private int AheadOf(int most)
    {
        long room = Math.Min(MaxAhead, (budget.MemoryLeft + _held) / ShareOfMemory);
        return (int)Math.Clamp(room / 2 / Math.Max(1, _blockSize), 1, most);
    }

    /// <summary>One datapoint.</summary>
    /// <exception cref="NotFoundException">The stream was deleted.</exception>
    public Block ReadOne(long index) => Find(reader => reader.Read(range.Key, index, index + 1), block => block.Count > 0);

    /// <inheritdoc cref="IStoreReader.WholeSegments"/>
    public SegmentSlice? WholeSegments(long from, long to) => Find(reader => reader.WholeSegments(range.Key, from, to), _ => true);

    private T Find<T>(Func<IStoreReader, T> work, Predicate<T> isThere)
    {
        (T found, bool isSame) = store.Read(reader => (work(reader), IsSame(reader)), cancellation);
        return isSame && isThere(found) ? found : throw new NotFoundException($"'{path}' was deleted while it was read, its newest datapoints were removed, or late ones were put into it. Read it again.", path);
    }

    /// <summary>False when indices of the range are those of other datapoints now.</summary>
    private bool IsSame(IStoreReader reader)
    {
        if (reader.TreeVersion == _treeVersion)
        {
            return true;
        }

        long? lowest = reader.LowestCount(range.Key, _treeVersion);
        _treeVersion = reader.TreeVersion;
        return !(lowest < range.To);
    }
}
