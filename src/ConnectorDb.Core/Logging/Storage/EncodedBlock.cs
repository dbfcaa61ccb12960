using ConnectorDb.Columns;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>A block of entries to be written as one row.</summary>
/// <param name="Content">The encoding of <see cref="BlockCodec"/>.</param>
/// <param name="Newest">The largest time that is known before the write, in unix seconds; negative infinity without one.</param>
/// <param name="HasGaps">Some entries have no time.</param>
/// <param name="HasArrivalTimes">The times may be raised so that they are in order.</param>
internal readonly record struct EncodedBlock(int Count, byte[] Content, double Newest, bool HasGaps, bool HasArrivalTimes)
{
    private const int MaxEntries = 4096;
    private const long MaxWeight = 1 << 20;

    /// <summary>Some times are assigned in the transaction of the write.</summary>
    public bool NeedsTimes => HasGaps || HasArrivalTimes;

    /// <summary>Splits and encodes datapoints into blocks of at most 4096 entries or about 1 MiB.</summary>
    /// <param name="hasArrivalTimes">The times may be raised so that they are in order.</param>
    public static IReadOnlyList<EncodedBlock> Encode(Block points, bool hasArrivalTimes = false)
    {
        List<EncodedBlock> blocks = [];
        for (int start = 0; start < points.Count;)
        {
            int count = 0;
            long weight = 0;
            while (start + count < points.Count && count < MaxEntries && (count == 0 || weight < MaxWeight))
            {
                weight += ColumnWeight.Of(points.Values, start + count);
                count++;
            }

            Block part = points.Slice(start, count);
            (double newest, bool hasGaps) = Times(part.Times.Span);
            blocks.Add(new EncodedBlock(count, BlockCodec.Encode(part), newest, hasGaps, hasArrivalTimes));
            start += count;
        }

        return blocks;
    }

    private static (double Newest, bool HasGaps) Times(ReadOnlySpan<double> times)
    {
        (double newest, bool hasGaps) = (double.NegativeInfinity, false);
        foreach (double t in times)
        {
            hasGaps |= double.IsNaN(t);
            newest = t > newest ? t : newest;
        }

        return (newest, hasGaps);
    }
}
