using System.Text.RegularExpressions;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Influx;
using ConnectorDb.Core.InfluxQl.Language;

namespace ConnectorDb.Core.InfluxQl.Sources;

/// <summary>Finds the measurements that statements name.</summary>
internal sealed class InfluxDatabase(IInfluxStreams streams, InfluxContext context, QueryBudget budget)
{
    private const int BytesPerStream = 500;

    /// <summary>The measurements of sources, by name, or of the whole database without sources.</summary>
    /// <param name="name">The database of the statement; null for that of the request.</param>
    /// <exception cref="InfluxQueryException">There is no such database or retention policy.</exception>
    public IReadOnlyList<InfluxMeasurement> Find(string? name, IReadOnlyList<MeasurementSource> sources) => Find(name, sources, ofAllPolicies: false);

    /// <summary>The measurements of sources in all retention policies, in which the index of InfluxDB is one. A policy that is named has to exist.</summary>
    /// <inheritdoc cref="Find(string, IReadOnlyList{MeasurementSource})"/>
    public IReadOnlyList<InfluxMeasurement> FindInIndex(string? name, IReadOnlyList<MeasurementSource> sources) => Find(name, sources, ofAllPolicies: true);

    /// <exception cref="InfluxQueryException">There is no such database.</exception>
    public void Require(string? name)
    {
        string database = name ?? context.Database;
        if (database.Length == 0)
        {
            throw new InfluxQueryException("database name required");
        }

        if (!Exists(database))
        {
            throw new InfluxQueryException($"database not found: {database}");
        }
    }

    /// <param name="name">Empty for the default policy.</param>
    /// <exception cref="InfluxQueryException">The database has no such policy.</exception>
    public RetentionPolicy RequirePolicy(string database, string name)
        => RetentionPolicy.Find(streams.PoliciesOf(database), name) ?? throw new InfluxQueryException($"retention policy not found: {name}");

    public bool Exists(string database) => streams.HasDatabase(database);

    private IReadOnlyList<InfluxMeasurement> Find(string? name, IReadOnlyList<MeasurementSource> sources, bool ofAllPolicies)
    {
        Dictionary<SeriesKey, StoredSeries> series = [];
        foreach (MeasurementSource source in sources.DefaultIfEmpty(new MeasurementSource(null, null, null, null)))
        {
            string database = source.Database ?? name ?? context.Database;
            Require(database);
            string label = RequirePolicy(database, source.Policy ?? context.Policy).Label;
            string[] labels = ofAllPolicies ? [.. streams.PoliciesOf(database).Select(policy => policy.Label)] : [label];
            foreach (InfluxStream stream in labels.SelectMany(known => streams.Find(known, source.Name)))
            {
                if (source.Pattern is { } pattern && !IsMatch(pattern, stream.Series.Measurement))
                {
                    continue;
                }

                budget.Step();
                budget.Take(BytesPerStream);
                if (!series.TryGetValue(stream.Series, out StoredSeries? found))
                {
                    series[stream.Series] = found = new StoredSeries(stream.Series, streams, budget);
                }

                found.Add(stream);
            }
        }

        return
        [
            .. series.Values.GroupBy(found => found.Key.Measurement).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new InfluxMeasurement(group.Key, [.. group.OrderBy(found => found.Key.ToString(), StringComparer.Ordinal)])),
        ];
    }

    private bool IsMatch(Regex pattern, string text) => ExpressionMatch.IsMatch(pattern, text, budget);
}
