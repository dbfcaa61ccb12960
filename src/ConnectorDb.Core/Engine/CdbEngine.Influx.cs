using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Engine.Reading;
using ConnectorDb.Core.Influx;
using ConnectorDb.Core.InfluxQl;
using ConnectorDb.Core.InfluxQl.Language;
using ConnectorDb.Core.InfluxQl.Results;
using ConnectorDb.Core.InfluxQl.Sources;
using ConnectorDb.Core.Queries;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Sequences;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>The result of a statement of InfluxQL over the streams of the user of the login that have fields of databases.</summary>
    /// <exception cref="QueryLimitException">The statement needs too much memory or time, or has too many rows.</exception>
    public async ValueTask<InfluxResult> QueryInfluxAsync(Login login, InfluxStatement statement, InfluxContext context, CancellationToken cancellation)
    {
        using QueryBudget budget = BudgetOf(login, cancellation);
        budget.Open();
        LoginInfluxStreams streams = new(this, login, budget, cancellation);
        return await budget.ComputeAsync(() => new ValueTask<InfluxResult>(new InfluxRunner(streams, context, budget).Run(statement))).ConfigureAwait(false);
    }

    /// <summary>The streams with labels that the login may read, of its user.</summary>
    internal IReadOnlyList<T> FindInfluxStreams<T>(Login login, IReadOnlyList<LabelPattern> labels, Func<StreamRecord, T?> select, int most, QueryBudget budget, CancellationToken cancellation)
        where T : class
        => _store.Read(
            store =>
            {
                Actor actor = ActorOf(store, login);
                Dictionary<long, bool> isReadable = [];
                List<T> found = [];
                foreach (StreamRecord stream in store.FindStreams("", labels, null, IsReadable, budget.Step))
                {
                    if (select(stream) is { } selected)
                    {
                        found.Add(selected);
                        if (found.Count == most)
                        {
                            break;
                        }
                    }
                }

                return found;

                bool IsReadable(long deviceId)
                {
                    if (!isReadable.TryGetValue(deviceId, out bool known))
                    {
                        known = store.FindDevice(deviceId) is { } device && device.Path.User == actor.Path.User && actor.To(device) is var rights && rights.Read.Data && (rights.List & NodeKinds.Stream) != 0;
                        isReadable.Add(deviceId, known);
                    }

                    return known;
                }
            },
            cancellation);

    /// <summary>The datapoints of a range; some from its start, or from its end if the limit is negative.</summary>
    internal IEnumerable<Columns.Block> ReadEnd(Login login, DataQuery query, long? most, QueryBudget budget, CancellationToken cancellation)
    {
        SequenceRange located = _store.Read(store => Locate(store, login, query), cancellation);
        (long from, long to) = located.Indices;
        long start = most < 0 ? Math.Max(from, to + most.Value) : from;
        long end = most > 0 ? Math.Min(to, from + most.Value) : to;
        return new SequenceScan(_store, query.Stream, located, sources: 1, budget, cancellation).Read(start, end);
    }
}
