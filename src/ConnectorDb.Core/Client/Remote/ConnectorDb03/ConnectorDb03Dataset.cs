using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Client.Remote.ConnectorDb03;

/// <summary>Converts datasets to those that a ConnectorDB 0.3 server computes as we do.</summary>
/// <remarks>
/// The server lets up to ten earlier datapoints into the first row of a column without a range, returns 0 for the mean of no datapoints, and
/// leaves out rows without values only before a post-transform. What it does not know, such as steps of the calendar, is computed by the
/// client from the streams.
/// </remarks>
internal static class ConnectorDb03Dataset
{
    private const int MaxSources = 10;
    private const double MinStep = 0.001;
    private const double MaxRows = 10_000_000;
    private const string Mean = "mean";
    private const string NullMean = "(mean)";

    private static readonly string[] s_ofPoints = ["before", "after", "closest"];
    private static readonly string[] s_unknown = ["linear", "min", "max", "first", "last"];

    /// <summary>The query for the server, without post-transform and with all rows; null when the server cannot compute it.</summary>
    /// <param name="query">A valid query.</param>
    /// <exception cref="NotFoundException">A stream does not exist or may not be read.</exception>
    public static async ValueTask<DatasetQuery?> FitAsync(DatasetQuery query, ICdbClient client, CancellationToken cancellation)
    {
        if (!IsKnown(query))
        {
            return null;
        }

        if (await FitAsync(query.X, client, cancellation).ConfigureAwait(false) is not { } x)
        {
            return null;
        }

        List<DatasetColumn> columns = [];
        foreach (DatasetColumn column in query.Columns)
        {
            DataQuery[] ranged = [.. column.Sources.Select(source => source.IsWhole && !s_ofPoints.Contains(column.Interpolator) ? source with { T1 = StartOf(query) } : source)];
            if (await FitAsync(ranged, client, cancellation).ConfigureAwait(false) is not { } sources)
            {
                return null;
            }

            string interpolator = column.Interpolator == Mean && !query.HasZeroMeans ? NullMean : column.Interpolator;
            columns.Add(column with { Sources = sources, Interpolator = interpolator, AllowNull = true });
        }

        return query with { X = x, Columns = columns, PostTransform = null, HasZeroMeans = true, Force = false };
    }

    private static bool IsKnown(DatasetQuery query)
    {
        bool areRowsKnown = query.X.Count > 0
            ? query.X.Count <= MaxSources
            : query is { Step: null, Stamp: RowStamp.End, Dt: >= MinStep } && (query.T2 - (query.T1 ?? 0)) / query.Dt <= MaxRows;
        return areRowsKnown && query.Columns.All(IsKnown);
    }

    /// <summary>A transform over a column without a range would start at another datapoint.</summary>
    private static bool IsKnown(DatasetColumn column)
        => column.Sources.Count <= MaxSources
            && !s_unknown.Contains(column.Interpolator)
            && !column.Sources.Any(source => source.IsWhole && !string.IsNullOrEmpty(source.Transform));

    /// <summary>The start of the first row's interval, exclusive; null for none.</summary>
    private static double? StartOf(DatasetQuery query)
    {
        double start = query.T1 ?? (query.X.Count == 1 ? query.X[0].T1 : null) ?? 0;
        return query.X.Count == 0 ? start - query.Dt : start > 0 ? start : null;
    }

    /// <summary>The ranges that the server accepts; null when one is empty or has a limit that the server ignores.</summary>
    private static async ValueTask<IReadOnlyList<DataQuery>?> FitAsync(IReadOnlyList<DataQuery> queries, ICdbClient client, CancellationToken cancellation)
    {
        List<DataQuery> fitting = [];
        foreach (DataQuery query in queries)
        {
            bool isLimitIgnored = query is { IsByIndex: true, Limit: not null } && !string.IsNullOrEmpty(query.Transform);
            DataQuery? found = isLimitIgnored ? null : query.IsWhole ? query : await ConnectorDb03Range.FitAsync(query, client, cancellation).ConfigureAwait(false);
            if (found is null)
            {
                return null;
            }

            fitting.Add(query.IsByIndex ? found with { Limit = null } : found);
        }

        return fitting;
    }
}
