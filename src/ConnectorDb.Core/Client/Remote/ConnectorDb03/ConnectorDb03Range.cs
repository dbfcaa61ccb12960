using ConnectorDb.Contracts;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Client.Remote.ConnectorDb03;

/// <summary>Converts ranges to those that a ConnectorDB 0.3 server accepts.</summary>
/// <remarks>
/// The server refuses indices beyond the end, takes a last index of 0 and times up to 0 for "no end", and has no limit for ranges by
/// index.
/// </remarks>
internal static class ConnectorDb03Range
{
    /// <summary>The equivalent range; null when it is empty.</summary>
    /// <exception cref="NotFoundException">The stream does not exist or may not be read.</exception>
    public static async ValueTask<DataQuery?> FitAsync(DataQuery query, ICdbClient client, CancellationToken cancellation)
    {
        long count = await client.CountAsync(query.Stream, cancellation).ConfigureAwait(false);
        if (count == 0 || query.Limit == 0)
        {
            return null;
        }

        if (query.IsByTime)
        {
            return query.T2 <= 0 ? null : query;
        }

        IndexRange range = QueryRange.OfIndices(query, count);
        long last = query.Limit is { } limit && string.IsNullOrEmpty(query.Transform) ? Math.Min(range.To, range.From + limit) : range.To;
        return range.From < last ? query with { I1 = range.From, I2 = last } : null;
    }

    /// <summary>The equivalent ranges of the queries, without empty ones.</summary>
    /// <inheritdoc cref="FitAsync(DataQuery, ICdbClient, CancellationToken)"/>
    public static async ValueTask<IReadOnlyList<DataQuery>> FitAsync(IReadOnlyList<DataQuery> queries, ICdbClient client, CancellationToken cancellation)
    {
        List<DataQuery> fitting = [];
        foreach (DataQuery query in queries)
        {
            if (await FitAsync(query, client, cancellation).ConfigureAwait(false) is { } found)
            {
                fitting.Add(found);
            }
        }

        return fitting;
    }
}
