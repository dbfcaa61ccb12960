using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Influx;
using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Results;
using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>Answers <c>SELECT</c>.</summary>
internal sealed class SelectRunner(InfluxDatabase database, IInfluxStreams streams, InfluxContext context, QueryBudget budget)
{
    private static readonly IReadOnlyList<string> s_noTags = [];

    /// <exception cref="InfluxQueryException">The statement cannot be answered.</exception>
    public List<InfluxSeriesResult> Run(SelectStatement statement) => Run(statement, TimeRange.All, s_noTags, statement.Zone);

    /// <param name="outer">The range of the statement around this one.</param>
    /// <param name="parent">The tags that it groups by.</param>
    private List<InfluxSeriesResult> Run(SelectStatement statement, TimeRange outer, IReadOnlyList<string> parent, TimeZoneInfo? zone)
    {
        if (statement.Target is not null)
        {
            throw new InfluxQueryException("INTO in a subquery is not supported");
        }

        (InfluxExpression? condition, TimeRange range) = new TimeCondition(context.Now, zone).Split(statement.Condition);
        range = range.And(outer);
        SelectDimensions own = SelectDimensions.Of(statement, [], parent, zone, budget);
        if (own.Windows.Length > 0 && range.To == TimeRange.Latest)
        {
            range = range with { To = context.Now };
        }

        IReadOnlyList<InfluxMeasurement> measurements = Measurements(statement, range, own.Tags, zone);
        SortedDictionary<string, FieldKind> fields = new(StringComparer.Ordinal);
        SortedSet<string> tags = new(StringComparer.Ordinal);
        foreach (InputSeries series in measurements.SelectMany(measurement => measurement.Series))
        {
            budget.Step();
            tags.UnionWith(series.Key.Tags.Select(tag => tag.Key));
            foreach ((string name, FieldKind kind) in series.Fields)
            {
                fields.TryAdd(name, kind);
            }
        }

        SelectDimensions dimensions = SelectDimensions.Of(statement, tags, parent, zone, budget);
        IReadOnlyList<SelectedField> selected = new FieldExpansion(fields, [.. tags.Except(dimensions.Tags)], budget).Expand(statement.Fields);
        if (selected.Count == 0 || range.IsEmpty)
        {
            return [];
        }

        SelectPlan plan = new(selected, fields, statement, dimensions.Windows.Length != 0);
        SelectRows rows = new(statement, plan, dimensions.Windows, range, streams, budget);
        SeriesCondition filter = new(condition, plan.FieldNames, budget);
        List<InfluxSeriesResult> results = [];
        foreach (InfluxMeasurement measurement in statement.IsDescending ? measurements.Reverse() : measurements)
        {
            IEnumerable<TagSet> sets = Limited(TagSet.Of(measurement, dimensions.Tags, filter), statement.Limits);
            foreach (TagSet set in statement.IsDescending ? sets.Reverse() : sets)
            {
                if (rows.Of(set) is { Count: > 0 } values)
                {
                    results.Add(new InfluxSeriesResult(set.Measurement, set.Tags, plan.Columns, values) { HasTimes = true, Zone = zone });
                }
            }
        }

        return results;
    }

    private static IEnumerable<TagSet> Limited(IEnumerable<TagSet> sets, SeriesLimits limits)
    {
        sets = sets.Skip((int)Math.Min(int.MaxValue, limits.SeriesOffset));
        return limits.SeriesLimit > 0 ? sets.Take((int)Math.Min(int.MaxValue, limits.SeriesLimit)) : sets;
    }

    private IReadOnlyList<InfluxMeasurement> Measurements(SelectStatement statement, TimeRange range, IReadOnlyList<string> tags, TimeZoneInfo? zone)
    {
        MeasurementSource[] stored = [.. statement.Sources.OfType<MeasurementSource>()];
        IReadOnlyList<InfluxMeasurement> found = stored.Length == 0 ? [] : database.Find(null, stored);
        if (stored.Length == statement.Sources.Count)
        {
            return found;
        }

        IEnumerable<InputSeries> derived = statement.Sources.OfType<SubquerySource>()
            .SelectMany(source => Run(source.Statement, range, tags, source.Statement.Zone ?? zone))
            .Select(result => new ResultSeries(result));
        return
        [
            .. found.SelectMany(measurement => measurement.Series).Concat(derived)
                .GroupBy(series => series.Key.Measurement).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new InfluxMeasurement(group.Key, [.. group])),
        ];
    }
}
