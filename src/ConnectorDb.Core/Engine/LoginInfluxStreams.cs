using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Charts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Influx;
using ConnectorDb.Core.InfluxQl;
using ConnectorDb.Core.InfluxQl.Sources;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

/// <summary>The streams of fields that a login may read, for a statement of InfluxQL.</summary>
internal sealed class LoginInfluxStreams(CdbEngine engine, Login login, QueryBudget budget, CancellationToken cancellation) : IInfluxStreams
{
    private IReadOnlyList<RetentionPolicy>? _policies;

    private IReadOnlyList<RetentionPolicy> Policies => _policies ??= engine.FindPolicies(login, cancellation);

    public IReadOnlyList<string> ListDatabases()
    {
        Dictionary<string, string> databases = Policies.DistinctBy(policy => policy.Label).ToDictionary(policy => policy.Label, policy => policy.Database, StringComparer.Ordinal);
        Dictionary<string, long> created = new(StringComparer.Ordinal);
        engine.FindInfluxStreams<StreamRecord>(login, [new LabelPattern(FieldKey.DatabaseLabel, "*")], Add, int.MaxValue, budget, cancellation);
        return [.. created.OrderBy(database => database.Value).Select(database => database.Key)];

        StreamRecord? Add(StreamRecord stream)
        {
            string label = stream.Labels[FieldKey.DatabaseLabel];
            string name = databases.GetValueOrDefault(label, label);
            created[name] = Math.Min(stream.Id, created.GetValueOrDefault(name, long.MaxValue));
            return null;
        }
    }

    public bool HasDatabase(string name) => FindStreams(name, most: 1).Count > 0;

    public void CreateDatabase(string name)
    {
        try
        {
            engine.CreateDatabase(login, name, cancellation);
        }
        catch (PermissionDeniedException)
        {
            // Clients send it at each start, and end when it fails.
        }
        catch (InvalidValueException)
        {
            throw new InfluxQueryException("invalid name");
        }
    }

    public void DropDatabase(IReadOnlyList<string> labels) => Delete([.. labels.SelectMany(label => FindStreams(label, int.MaxValue)).Select(stream => stream.Path)]);

    public IReadOnlyList<RetentionPolicy> PoliciesOf(string database) => RetentionPolicy.AllOf(database, Policies);

    public void Keep(IReadOnlyList<RetentionPolicy> policies)
    {
        try
        {
            engine.KeepPolicies(login, policies, cancellation);
        }
        catch (InvalidValueException)
        {
            throw new InfluxQueryException("invalid name");
        }
    }

    public void Delete(IReadOnlyList<CdbPath> streams) => engine.DeleteFields(login, streams, cancellation);

    public void Delete(IReadOnlyList<CdbPath> streams, TimeRange range) => engine.DeletePoints(login, streams, range.BeforeFirst, range.BehindLast, budget, cancellation);

    public IReadOnlyList<InfluxStream> Find(string label, string? measurement)
    {
        LabelPattern[] labels = measurement is null
            ? [new LabelPattern(FieldKey.DatabaseLabel, label)]
            : [new LabelPattern(FieldKey.DatabaseLabel, label), new LabelPattern(FieldKey.MeasurementLabel, measurement)];
        return engine.FindInfluxStreams(login, labels, stream => StreamOf(stream, label, measurement), int.MaxValue, budget, cancellation);
    }

    public IEnumerable<Block> Read(CdbPath stream, double after, double to, long? most) => engine.ReadEnd(login, RangeOf(stream, after, to), most, budget, cancellation);

    public IReadOnlyList<StreamSummary> Summarize(CdbPath stream, double after, double to, long length, long origin)
        => engine.Chart(login, RangeOf(stream, after, to), ColumnEdges.Every(length, origin), budget, cancellation);

    public DataValue? FindNewest(CdbPath stream)
    {
        foreach (Block block in engine.ReadEnd(login, new DataQuery(stream), -1, budget, cancellation))
        {
            return block.Values[block.Count - 1];
        }

        return null;
    }

    private static DataQuery RangeOf(CdbPath stream, double after, double to) => new(stream) { T1 = double.IsFinite(after) ? after : null, T2 = double.IsFinite(to) ? to : null };

    private IReadOnlyList<StreamRecord> FindStreams(string database, int most) => engine.FindInfluxStreams(
        login,
        [new LabelPattern(FieldKey.DatabaseLabel, database)],
        stream => stream.Labels[FieldKey.DatabaseLabel] == database ? stream : null,
        most,
        budget,
        cancellation);

    /// <summary>Null for a stream that is none of a field of the database: patterns match in any case, and labels can be changed.</summary>
    private static InfluxStream? StreamOf(StreamRecord stream, string label, string? measurement)
    {
        LabelSet labels = stream.Labels;
        if (!labels.TryGetValue(FieldKey.DatabaseLabel, out string? name) || name != label
            || !labels.TryGetValue(FieldKey.MeasurementLabel, out string? own) || own != (measurement ?? own)
            || !labels.TryGetValue(FieldKey.FieldLabel, out string? field)
            || CdbEngine.KindOf(stream) is not { } kind)
        {
            return null;
        }

        KeyValuePair<string, string>[] tags = [.. labels.Where(label => !FieldKey.IsReserved(label.Key)).OrderBy(label => label.Key, StringComparer.Ordinal)];
        return new InfluxStream(stream.Path, new SeriesKey(own, tags), field, kind);
    }
}
