namespace ConnectorDb.Core.Queries;

/// <summary>
/// The range of columns without one: from the start of the dataset, and some datapoints before it, so that <c>before</c> and
/// <c>closest</c> have a value in the first row.
/// </summary>
/// <param name="Start">Unix seconds of the dataset's start; not positive means all of the stream.</param>
/// <param name="FirstInterval">The start of the first row's interval, if there is one.</param>
internal readonly record struct ColumnRange(double Start, double? FirstInterval)
{
    private const int DatapointsBefore = 10;

    /// <summary>The query with its range.</summary>
    /// <param name="usesInterval">All of the first row's interval is needed.</param>
    public async ValueTask<DataQuery> ApplyAsync(DataQuery query, bool usesInterval, IStreamReader reader, CancellationToken cancellation)
    {
        if (!query.IsWhole || !(Start > 0))
        {
            return query;
        }

        long first = await reader.IndexOfTimeAsync(query.Stream, Start, cancellation).ConfigureAwait(false) - DatapointsBefore;
        if (usesInterval && FirstInterval is { } t && t < Start)
        {
            first = Math.Min(first, await reader.IndexOfTimeAsync(query.Stream, t, cancellation).ConfigureAwait(false));
        }

        return first > 0 ? query with { I1 = first } : query;
    }
}
