using System.Globalization;

namespace ConnectorDb.Core.Queries;

/// <summary>Validates the range of a query and converts it to indices.</summary>
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
            throw new InvalidRangeException(string.Create(CultureInfo.InvariantCulture, $"The query of '{query.Stream}' has the limit {query.Limit}. Give 0 or more, or none."), query.Stream);
        }
    }

    /// <exception cref="InvalidRangeException">The query contradicts itself, or has a limit or transform.</exception>
    public static void CheckSummary(DataQuery query)
    {
        Check(query);
        if (query.Limit is not null || !string.IsNullOrEmpty(query.Transform))
        {
            throw new InvalidRangeException($"A summary of '{query.Stream}' takes neither limit nor transform. Give a range, or read the datapoints.", query.Stream);
        }
    }

    /// <exception cref="InvalidRangeException">The index is negative.</exception>
    public static void Check(SubscriptionQuery query)
    {
        if (query.FromIndex < 0)
        {
            throw new InvalidRangeException(string.Create(CultureInfo.InvariantCulture, $"A subscription to '{query.Stream}' cannot start at index {query.FromIndex}. Give an index of 0 or more, or omit it to start with the next datapoint."), query.Stream);
        }
    }

    /// <summary>The range of a query by index in a sequence of <paramref name="count"/> datapoints.</summary>
    public static IndexRange OfIndices(DataQuery query, long count)
    {
        long first = FromStart(query.I1 ?? 0, count);
        return new IndexRange(first, Math.Max(first, FromStart(query.I2 ?? count, count)));
    }

    private static long FromStart(long index, long count) => Math.Clamp(index < 0 ? index + count : index, 0, count);
}
