using ConnectorDb.Columns;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Engine.Reading;

/// <summary>
/// Reads datapoints of a sequence, several segments at a time. It starts with one, so that short reads stay cheap. A transaction is
/// open only while segments are loaded, however slow the reader is.
/// </summary>
internal sealed class SequenceScan(IStore store, CdbPath path, SequenceKey key, CancellationToken cancellation)
{
    private const int MaxSlices = 16;

    private int _most = 1;

    /// <summary>The datapoints from one index to before another.</summary>
    /// <param name="from">The first index.</param>
    /// <param name="to">The index after the last.</param>
    /// <param name="projection">The members of objects that the reader uses; null when it needs whole objects.</param>
    /// <exception cref="NotFoundException">The stream was deleted.</exception>
    public IEnumerable<Block> Read(long from, long to, MemberProjection? projection = null)
    {
        foreach (DecodeAhead decoded in LookAhead.Over(Load(from, to, isWanted: null).Select(slices => new DecodeAhead(slices.Count, i => projection is null ? slices[i].Decode() : slices[i].DecodeLazily(projection)))))
        {
            using (decoded)
            {
                for (int i = 0; i < decoded.Count; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    yield return decoded.Take(i);
                }
            }
        }
    }

    /// <summary>Loads the slices with the datapoints, several at a time.</summary>
    /// <param name="from">The first index.</param>
    /// <param name="to">The index after the last.</param>
    /// <param name="isWanted">Which slices to take out; null for all.</param>
    /// <exception cref="NotFoundException">The stream was deleted.</exception>
    public IEnumerable<IReadOnlyList<SegmentSlice>> Load(long from, long to, Func<SegmentSlice, bool>? isWanted)
    {
        while (from < to)
        {
            long at = from;
            IReadOnlyList<SegmentSlice> slices = Find(reader => reader.Load(key, at, to, _most, isWanted), slices => slices.Count > 0);
            _most = Math.Min(2 * _most, MaxSlices);
            yield return slices;
            from = slices[^1].To;
        }
    }

    /// <summary>One datapoint.</summary>
    /// <exception cref="NotFoundException">The stream was deleted.</exception>
    public Block ReadOne(long index) => Find(reader => reader.Read(key, index, index + 1), block => block.Count > 0);

    /// <inheritdoc cref="IStoreReader.WholeSegments"/>
    public SegmentSlice? WholeSegments(long from, long to) => store.Read(reader => reader.WholeSegments(key, from, to), cancellation);

    private T Find<T>(Func<IStoreReader, T> work, Predicate<T> isThere)
    {
        T found = store.Read(work, cancellation);
        return isThere(found) ? found : throw new NotFoundException($"'{path}' was deleted while it was read, or its newest datapoints were removed. Read it again.", path);
    }
}
