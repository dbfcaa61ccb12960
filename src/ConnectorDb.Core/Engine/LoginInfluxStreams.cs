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
    public IReadOnlyList<string> ListDatabases()
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        engine.FindInfluxStreams(login, [new LabelPattern(FieldKey.DatabaseLabel, "*")], stream => names.Add(stream.Labels[FieldKey.DatabaseLabel]) ? stream : null, int.MaxValue, budget, cancellation);
        return [.. names.Order(StringComparer.Ordinal)];
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

    public void DropDatabase(string name)
    {
        string marker = DatabaseMarker.NameOf(name);
        foreach (StreamRecord stream in FindStreams(name, int.MaxValue).Where(stream => stream.Path.Stream == marker))
        {
            engine.Delete(login, stream.Path, cancellation);
        }
    }

    public IReadOnlyList<InfluxStream> Find(string database, string? measurement) => Find(database, measurement, int.MaxValue);

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

    private IReadOnlyList<InfluxStream> Find(string database, string? measurement, int most)
    {
        LabelPattern[] labels = measurement is null
            ? [new LabelPattern(FieldKey.DatabaseLabel, database)]
            : [new LabelPattern(FieldKey.DatabaseLabel, database), new LabelPattern(FieldKey.MeasurementLabel, measurement)];
        return engine.FindInfluxStreams(login, labels, stream => StreamOf(stream, database, measurement), most, budget, cancellation);
    }

    /// <summary>Null for a stream that is none of a field of the database: patterns match in any case, and labels can be changed.</summary>
    private static InfluxStream? StreamOf(StreamRecord stream, string database, string? measurement)
    {
        LabelSet labels = stream.Labels;
        if (!labels.TryGetValue(FieldKey.DatabaseLabel, out string? name) || name != database
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
