using System.Text.RegularExpressions;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Influx;
using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Results;
using ConnectorDb.Core.InfluxQl.Sources;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>Answers <c>SHOW</c>.</summary>
internal sealed class ShowRunner(InfluxDatabase database, IInfluxStreams streams, InfluxContext context, QueryBudget budget)
{
    private static readonly string[] s_policy = ["name", "duration", "shardGroupDuration", "replicaN", "default"];

    /// <exception cref="InfluxQueryException">The statement cannot be answered.</exception>
    public IReadOnlyList<InfluxSeriesResult> Run(ShowStatement statement)
    {
        switch (statement.Thing)
        {
            case ShownThing.Databases:
                return List("databases", "name", streams.ListDatabases());

            // There are none of these: logins are devices and users, and subscriptions and continuous queries are refused.
            case ShownThing.Users:
                return [new InfluxSeriesResult(null, null, ["user", "admin"], [])];
            case ShownThing.Subscriptions:
                return [];
            case ShownThing.ContinuousQueries:
                return [.. streams.ListDatabases().Select(database => new InfluxSeriesResult(database, null, ["name", "query"], []))];
        }

        string name = statement.Database ?? context.Database;
        if (statement.Thing == ShownThing.Measurements && name.Length > 0 && !database.Exists(name))
        {
            return [];
        }

        database.Require(name);
        return statement.Thing == ShownThing.RetentionPolicies
            ? [new InfluxSeriesResult(null, null, s_policy, [.. streams.PoliciesOf(name).Select(RowOf)])]
            : statement.CountsOnly ? Counts(statement) : Things(statement);
    }

    private static DataValue[] RowOf(RetentionPolicy policy) =>
    [
        DataValue.From(policy.Name),
        DataValue.From(InfluxDuration.ClockText(policy.Duration)),
        DataValue.From(InfluxDuration.ClockText(policy.ActualShardDuration)),
        DataValue.From(policy.Replicas),
        DataValue.From(policy.IsDefault),
    ];

    private InfluxSeriesResult[] Things(ShowStatement statement) => statement.Thing switch
    {
        ShownThing.Measurements => List("measurements", "name", Limited(Measurements(statement).Select(measurement => measurement.Name), statement.Limits)),
        ShownThing.Series => List(null, "key", Limited(Series(statement), statement.Limits)),
        ShownThing.FieldKeys => PerMeasurement(statement, ["fieldKey", "fieldType"], FieldKeys),
        ShownThing.TagKeys => PerMeasurement(statement, ["tagKey"], measurement => TagKeys(measurement).Select(key => (DataValue[])[DataValue.From(key)])),
        _ => PerMeasurement(statement, ["key", "value"], measurement => TagValues(measurement, statement.With!)),
    };

    private InfluxSeriesResult[] Counts(ShowStatement statement)
    {
        string column = statement.IsExact ? "count" : "cardinality estimation";
        return statement.Thing switch
        {
            ShownThing.Measurements => [Count(null, column, Measurements(statement).Count())],
            ShownThing.Series when !statement.IsExact => [Count(null, column, Series(statement).Count())],
            ShownThing.Series => [.. Measurements(statement).Select(measurement => Count(measurement.Name, column, measurement.Series.Count))],
            ShownThing.FieldKeys => Counts(statement, measurement => FieldNames(measurement).Count()),
            ShownThing.TagKeys => Counts(statement, measurement => TagKeys(measurement).Count()),
            _ => Counts(statement, measurement => TagValues(measurement, statement.With!).Count()),
        };
    }

    private InfluxSeriesResult[] Counts(ShowStatement statement, Func<InfluxMeasurement, int> count)
        => [.. Measurements(statement).Select(measurement => (measurement.Name, Count: count(measurement))).Where(counted => counted.Count > 0).Select(counted => Count(counted.Name, "count", counted.Count))];

    private static InfluxSeriesResult Count(string? name, string column, int count) => new(name, null, [column], [[DataValue.From((long)count)]]);

    private static InfluxSeriesResult[] List(string? name, string column, IEnumerable<string> values)
        => values.Select(value => (DataValue[])[DataValue.From(value)]).ToArray() is { Length: > 0 } rows ? [new InfluxSeriesResult(name, null, [column], rows)] : [];

    private InfluxSeriesResult[] PerMeasurement(ShowStatement statement, string[] columns, Func<InfluxMeasurement, IEnumerable<DataValue[]>> rowsOf)
    {
        IEnumerable<InfluxSeriesResult> results = Measurements(statement)
            .Select(measurement => new InfluxSeriesResult(measurement.Name, null, columns, [.. Limited(rowsOf(measurement), statement.Limits)]))
            .Where(result => result.Rows.Count > 0);
        return [.. Limited(results, new SeriesLimits(statement.Limits.SeriesLimit, statement.Limits.SeriesOffset, 0, 0))];
    }

    private static IEnumerable<T> Limited<T>(IEnumerable<T> items, SeriesLimits limits)
    {
        items = items.Skip((int)Math.Min(int.MaxValue, limits.Offset));
        return limits.Limit > 0 ? items.Take((int)Math.Min(int.MaxValue, limits.Limit)) : items;
    }

    /// <summary>The measurements with the series that fulfil the condition.</summary>
    private IEnumerable<InfluxMeasurement> Measurements(ShowStatement statement)
    {
        (InfluxExpression? condition, _) = new TimeCondition(context.Now, zone: null).Split(statement.Condition);
        SeriesCondition filter = new(condition, new HashSet<string>(), budget);
        NameFilter? names = statement.Thing == ShownThing.Measurements ? statement.With : null;
        foreach (InfluxMeasurement measurement in statement.Thing == ShownThing.FieldKeys ? database.Find(statement.Database, statement.Sources) : database.FindInIndex(statement.Database, statement.Sources))
        {
            InputSeries[] series = names is null || IsNamed(names, measurement.Name) ? [.. measurement.Series.Where(series => filter.TryReduce(series, out _))] : [];
            if (series.Length > 0)
            {
                yield return measurement with { Series = series };
            }
        }
    }

    private IEnumerable<string> Series(ShowStatement statement)
        => Measurements(statement).SelectMany(measurement => measurement.Series).Select(series => SeriesText.Of(series.Key)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> FieldNames(InfluxMeasurement measurement)
        => measurement.Series.SelectMany(series => series.Fields.Keys).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<DataValue[]> FieldKeys(InfluxMeasurement measurement)
        => FieldNames(measurement).Select(name => (DataValue[])[DataValue.From(name), DataValue.From(TypeOf(measurement, name))]);

    /// <summary>A field of numbers is of integers as long as the newest value of its first series is one.</summary>
    private static string TypeOf(InfluxMeasurement measurement, string field)
    {
        InputSeries series = measurement.Series.First(series => series.Fields.ContainsKey(field));
        return series.Fields[field] switch
        {
            FieldKind.Text => "string",
            FieldKind.Boolean => "boolean",
            _ => series is StoredSeries stored && stored.FindNewest(field)?.Kind == DataKind.Integer ? "integer" : "float",
        };
    }

    private static IEnumerable<string> TagKeys(InfluxMeasurement measurement)
        => measurement.Series.SelectMany(series => series.Key.Tags).Select(tag => tag.Key).Distinct().Order(StringComparer.Ordinal);

    private IEnumerable<DataValue[]> TagValues(InfluxMeasurement measurement, NameFilter keys)
        => measurement.Series.SelectMany(series => series.Key.Tags).Distinct().Where(tag => IsNamed(keys, tag.Key))
            .OrderBy(tag => tag.Key, StringComparer.Ordinal).ThenBy(tag => tag.Value, StringComparer.Ordinal)
            .Select(tag => (DataValue[])[DataValue.From(tag.Key), DataValue.From(tag.Value)]);

    private bool IsNamed(NameFilter filter, string name)
        => (filter.Pattern is { } pattern ? ExpressionMatch.IsMatch(pattern, name, budget) : filter.Names.Contains(name)) != filter.IsNegated;
}
