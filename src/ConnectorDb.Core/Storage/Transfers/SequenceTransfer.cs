using ConnectorDb.Columns;
using ConnectorDb.Core.Storage.Sequences;

namespace ConnectorDb.Core.Storage.Transfers;

/// <summary>Copies the datapoints of a stream or of its downlink, and compares all of them afterwards.</summary>
internal sealed class SequenceTransfer
{
    /// <summary>The segments that are read and written at once.</summary>
    private const int MostSegments = 16;

    /// <summary>How often the source may change before its end, by late or removed datapoints.</summary>
    private const int MostRounds = 5;

    private readonly IStore _from;
    private readonly IStore _to;
    private readonly StreamPair _stream;
    private readonly SequenceKey _source;
    private readonly SequenceKey _copy;
    private readonly Action<long> _progress;
    private readonly CancellationToken _cancellation;

    /// <param name="progress">Receives numbers of datapoints that were found, copied or compared.</param>
    public SequenceTransfer(IStore from, IStore to, StreamPair stream, bool isDownlink, Action<long> progress, CancellationToken cancellation)
    {
        (_from, _to, _stream, _progress, _cancellation) = (from, to, stream, progress, cancellation);
        (_source, _copy) = (stream.Source.KeyOf(isDownlink), stream.Copy.KeyOf(isDownlink));
    }

    public long Copied { get; private set; }

    /// <summary>Returns the number of datapoints in the copy.</summary>
    /// <exception cref="StoreException">The source changed again and again, or a segment is damaged.</exception>
    public long Run()
    {
        for (int round = 1; ; round++)
        {
            long count = Continue();
            long same = Compare(count);
            if (same == count)
            {
                return count;
            }

            if (round == MostRounds)
            {
                throw new StoreException(StoreFault.Locked, $"'{_stream.Source.Path}' was changed before its end again and again while it was copied, so that '{_to.Location}' is not whole. Run the copy again.", _to.Location);
            }

            _to.Write(
                copy =>
                {
                    copy.Truncate(_copy, same);
                    return same;
                },
                _cancellation);
        }
    }

    /// <summary>Copies the datapoints after the end of the copy.</summary>
    private long Continue()
    {
        long count = _to.Read(copy => copy.End(_copy).Count, _cancellation);
        _progress(count);
        while (Read(_from, _source, count, long.MaxValue) is { Count: > 0 } block)
        {
            _cancellation.ThrowIfCancellationRequested();
            _to.Write(
                copy =>
                {
                    copy.Append(_copy, end => end.Count == count ? block : throw new StoreException(StoreFault.Locked, $"Another program writes to '{_stream.Copy.Path}' in '{_to.Location}'. Stop it, and run the copy again.", _to.Location));
                    return count;
                },
                _cancellation);
            count += block.Count;
            Copied += block.Count;
            _progress(block.Count);
        }

        return count;
    }

    /// <summary>Returns an index up to which all datapoints are the same; the count if all are.</summary>
    private long Compare(long count)
    {
        long from = 0;
        while (from < count)
        {
            _cancellation.ThrowIfCancellationRequested();
            Block expected = Read(_from, _source, from, count);
            Block found = Read(_to, _copy, from, from + expected.Count);
            int same = BlockComparison.CountSame(expected, found);
            from += same;

            // Blocks of the copy may be shorter, because others are read at once there.
            if (same == 0 || same < Math.Min(expected.Count, found.Count))
            {
                return from;
            }

            _progress(same);
        }

        return from;
    }

    private Block Read(IStore store, SequenceKey key, long from, long to)
        => store.Read(reader => BlockJoin.Join(reader.Load(key, from, to, MostSegments, isWanted: null).Select(slice => slice.Decode())), _cancellation);
}
