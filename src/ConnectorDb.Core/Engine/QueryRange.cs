using ConnectorDb.Core.Storage;

namespace ConnectorDb.Core.Engine;

/// <summary>Makes the range of a query into indices.</summary>
internal static class QueryRange
{
    /// <exception cref="InvalidRangeException">The query contradicts itself.</exception>
    public static void Check(DataQuery query)
    {
        if (query.IsByIndex && query.IsByTime)
        {
            throw new InvalidRangeException($"The query of '{query.Stream}' has a range by index and one by time. Give one of them.", query.Stream);
        }

        if (query.T1 is double.NaN || query.T2 is double.NaN)
        {
            throw new InvalidRangeException($"The query of '{query.Stream}' has a time that is not a number. Give unix seconds.", query.Stream);
        }

        if (query.Limit < 0)
        {
            throw new InvalidRangeException($"The query of '{query.Stream}' has the limit {query.Limit}. Give 0 or more, or none.", query.Stream);
        }
    }

    /// <exception cref="InvalidRangeException">The query contradicts itself, or is no plain range.</exception>
    public static void CheckSummary(DataQuery query)
    {
        Check(query);
        if (query.Limit is not null || !string.IsNullOrEmpty(query.Transform))
        {
            throw new InvalidRangeException($"A summary of '{query.Stream}' takes neither limit nor transform. Give a range, or read the datapoints.", query.Stream);
        }
    }

    public static IndexRange Resolve(IStoreReader store, SequenceKey key, DataQuery query)
    {
        long count = store.End(key).Count;
        if (query.IsByTime)
        {
            long from = query.T1 is { } t1 ? store.IndexOfTime(key, t1) : 0;
            long to = query.T2 is { } t2 ? store.IndexOfTime(key, t2) : count;
            return new IndexRange(from, Math.Max(from, to));
        }

        return OfIndices(query, count);
    }

    /// <summary>The range of indices in a sequence of that many datapoints.</summary>
    public static IndexRange OfIndices(DataQuery query, long count)
    {
        long first = FromStart(query.I1 ?? 0, count);
        return new IndexRange(first, Math.Max(first, FromStart(query.I2 ?? count, count)));
    }

    private static long FromStart(long index, long count) => Math.Clamp(index < 0 ? index + count : index, 0, count);
}
