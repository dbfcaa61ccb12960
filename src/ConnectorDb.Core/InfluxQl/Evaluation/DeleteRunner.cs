using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>Runs <c>DROP MEASUREMENT</c>, <c>DROP SERIES</c> and <c>DELETE</c>. A series without points is none, so its streams are deleted.</summary>
internal sealed class DeleteRunner(InfluxDatabase database, IInfluxStreams streams, InfluxContext context, QueryBudget budget)
{
    /// <exception cref="InfluxQueryException">There is no such database.</exception>
    public void Run(DropMeasurementStatement statement)
        => streams.Delete([.. StreamsOf(database.FindInIndex(null, [new MeasurementSource(null, null, statement.Measurement, null)]).SelectMany(measurement => measurement.Series))]);

    /// <exception cref="InfluxQueryException">There is no such database, or the condition has other parts than tags, and times of <c>DELETE</c>.</exception>
    public void Run(DeleteStatement statement)
    {
        (InfluxExpression? condition, TimeRange range) = new TimeCondition(context.Now, zone: null).Split(statement.Condition);
        if (statement.IsOfSeries && range != TimeRange.All)
        {
            throw new InfluxQueryException("DROP SERIES doesn't support time in WHERE clause");
        }

        SeriesCondition filter = new(condition, new HashSet<string>(), budget);
        List<InputSeries> found = [];
        foreach (InfluxMeasurement measurement in database.FindInIndex(null, statement.Sources))
        {
            CheckFields(condition, measurement, statement.IsOfSeries);
            found.AddRange(measurement.Series.Where(series => filter.TryReduce(series, out _)));
        }

        CdbPath[] paths = [.. StreamsOf(found)];
        if (range == TimeRange.All)
        {
            streams.Delete(paths);
        }
        else if (!range.IsEmpty)
        {
            streams.Delete(paths, range);
        }
    }

    private static void CheckFields(InfluxExpression? condition, InfluxMeasurement measurement, bool isOfSeries)
    {
        HashSet<string> fields = [.. measurement.Series.SelectMany(series => series.Fields.Keys)];
        if (condition is not null && ExpressionEvaluation.Leaves(condition).OfType<NameExpression>().Any(name => SeriesCondition.IsField(name, fields)))
        {
            throw new InfluxQueryException(isOfSeries ? "fields not supported in WHERE clause during deletion" : "shard 1: fields not supported in WHERE clause during deletion");
        }
    }

    private static IEnumerable<CdbPath> StreamsOf(IEnumerable<InputSeries> series) => series.OfType<StoredSeries>().SelectMany(stored => stored.Streams);
}
