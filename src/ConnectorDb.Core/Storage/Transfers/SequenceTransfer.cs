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

    /// <summary>The number of datapoints that were in the copy before this run.</summary>
    private long _earlier;

    /// <param name="progress">Receives numbers of datapoints that were found, copied or compared.</param>
    public SequenceTransfer(IStore from, IStore to, StreamPair stream, bool isDownlink, Action<long> progress, CancellationToken cancellation)
    {
        (_from, _to, _stream, _progress, _cancellation) = (from, to, stream, progress, cancellation);
        (_source, _copy) = (stream.Source.KeyOf(isDownlink), stream.Copy.KeyOf(isDownlink));
    }

    public long Copied { get; private set; }

    /// <summary>Returns the number of datapoints in the copy.</summary>
    /// <exception cref="InvalidValueException">The copy has datapoints that the source has not.</exception>
    /// <exception cref="StoreException">The source changed again and again, or a segment is damaged.</exception>
    public long Run()
    {
        _earlier = _to.Read(copy => copy.End(_copy).Count, _cancellation);

        // The end of a copy that others have written to is no datapoint of the source, and nothing may come after it.
        if (_earlier > 0 && !IsSameAt(_earlier - 1))
        {
            Trim(Compare(_earlier));
        }

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

            Trim(same);
        }
    }

    /// <summary>Refuses a copy that <see cref="Run"/> would refuse, and changes nothing.</summary>
    /// <exception cref="InvalidValueException">The copy has datapoints that the source has not.</exception>
    public void Check()
    {
        _earlier = _to.Read(copy => copy.End(_copy).Count, _cancellation);
        CheckKept(Compare(_earlier));
    }

    private bool IsSameAt(long index) => BlockComparison.CountSame(Read(_from, _source, index, index + 1), Read(_to, _copy, index, index + 1)) == 1;

    /// <summary>Removes the datapoints of the copy from an index on.</summary>
    private void Trim(long from)
    {
        CheckKept(from);
        _earlier = Math.Min(_earlier, from);
        _to.Write(
            copy =>
            {
                copy.Truncate(_copy, from);
                return from;
            },
            _cancellation);
    }

    /// <summary>Refuses to remove datapoints that were in the copy before this run, and that the source has not.</summary>
    /// <remarks>A late datapoint moves those after it, and may replace the value of one; so the source has one at the time of each.</remarks>
    private void CheckKept(long from)
    {
        long at = from;
        ReadOnlyMemory<double> source = default;
        while (from < _earlier)
        {
            Block copy = Read(_to, _copy, from, _earlier);
            foreach (double time in copy.Times.Span)
            {
                while (source.Length == 0 || source.Span[0] < time)
                {
                    if (source.Length > 0)
                    {
                        source = source[1..];
                        continue;
                    }

                    _cancellation.ThrowIfCancellationRequested();
                    source = Read(_from, _source, at, long.MaxValue).Times;
                    at += source.Length;
                    if (source.Length == 0)
                    {
                        throw TransferCheck.Foreign(_from, _to, _stream.Source.Path, time);
                    }
                }

                if (source.Span[0] > time)
                {
                    throw TransferCheck.Foreign(_from, _to, _stream.Source.Path, time);
                }
            }

            from += copy.Count;
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
