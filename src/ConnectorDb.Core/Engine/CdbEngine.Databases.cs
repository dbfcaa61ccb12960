using ConnectorDb.Columns;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Influx;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>The memory of a datapoint that is moved.</summary>
    private const int BytesPerDatapoint = 48;

    /// <summary>Keeps a database without points, as a stream of the device that logged in.</summary>
    /// <exception cref="InvalidValueException">A label cannot have this name.</exception>
    /// <exception cref="PermissionDeniedException">The login may not create streams.</exception>
    internal void CreateDatabase(Login login, string name, CancellationToken cancellation)
    {
        CdbPath path = login.Device.Child(DatabaseMarker.NameOf(name));
        NewStream plan = NewStream.Check(path, DatabaseMarker.Of(name), _schemas);
        Change(
            login,
            "Create",
            path,
            (store, actor) =>
            {
                DeviceRecord device = DeviceForNewStream(store, actor, path);
                if (store.FindStream(path) is null)
                {
                    AddStreams(store, actor, device, [plan]);
                }

                return true;
            },
            cancellation);
    }

    /// <summary>The label that points of a retention policy have for their database; null when there is no such policy.</summary>
    /// <param name="login">The caller.</param>
    /// <param name="database">The name of a database, which need not exist.</param>
    /// <param name="policy">Empty for the default policy.</param>
    /// <param name="cancellation">Ends the search.</param>
    public string? FindDatabaseLabel(Login login, string database, string policy, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(login);
        return RetentionPolicy.Find(RetentionPolicy.AllOf(database, FindPolicies(login, cancellation)), policy)?.Label;
    }

    /// <summary>The retention policies of all databases of the user of the login that streams keep, in the order in which they were created.</summary>
    internal IReadOnlyList<RetentionPolicy> FindPolicies(Login login, CancellationToken cancellation) => _store.Read(
        store =>
        {
            string user = ActorOf(store, login).Path.User;
            return store.FindStreams("", RetentionPolicy.OfMarkers, null, id => store.FindDevice(id)?.Path.User == user, cancellation.ThrowIfCancellationRequested)
                .OrderBy(stream => stream.Id)
                .Select(stream => RetentionPolicy.Of(stream.Path, stream.Labels))
                .OfType<RetentionPolicy>()
                .ToList();
        },
        cancellation);

    /// <summary>Keeps retention policies as streams: new ones of the device that logged in, and known ones where they are.</summary>
    /// <exception cref="InvalidValueException">A label cannot have this name.</exception>
    /// <exception cref="PermissionDeniedException">The login may not create or change these streams.</exception>
    internal void KeepPolicies(Login login, IReadOnlyList<RetentionPolicy> policies, CancellationToken cancellation)
    {
        NewStream[] plans = [.. policies.Select(policy => NewStream.Check(policy.Marker ?? login.Device.Child(DatabaseMarker.NameOf(policy.Label)), DatabaseMarker.Of(policy), _schemas))];
        Change(
            login,
            "Create",
            plans[0].Stream.Path,
            (store, actor) =>
            {
                foreach (NewStream plan in plans)
                {
                    Keep(store, actor, plan);
                }

                return true;
            },
            cancellation);
    }

    /// <summary>Deletes streams of fields, all or none.</summary>
    /// <exception cref="PermissionDeniedException">The login may not delete one of them.</exception>
    internal void DeleteFields(Login login, IReadOnlyList<CdbPath> streams, CancellationToken cancellation)
    {
        if (streams.Count == 0)
        {
            return;
        }

        Change(
            login,
            "Delete",
            streams,
            (store, actor) =>
            {
                TreeView tree = new(store, actor);
                foreach (CdbPath stream in streams)
                {
                    DeleteStream(store, tree, stream);
                }

                return true;
            },
            cancellation);
    }

    /// <summary>Deletes the datapoints of streams after a time up to another, in unix seconds, and streams without other datapoints; all or none.</summary>
    /// <exception cref="PermissionDeniedException">The login may not delete one of the streams.</exception>
    /// <exception cref="QueryLimitException">More datapoints follow than memory holds.</exception>
    internal void DeletePoints(Login login, IReadOnlyList<CdbPath> streams, double after, double to, QueryBudget budget, CancellationToken cancellation)
    {
        if (streams.Count == 0)
        {
            return;
        }

        List<SequenceKey> changed = [];
        Change(
            login,
            "Truncate",
            streams,
            (store, actor) =>
            {
                TreeView tree = new(store, actor);
                changed = [.. streams.Select(stream => DeletePoints(store, tree, stream, after, to, budget)).OfType<SequenceKey>()];
                return true;
            },
            cancellation);
        changed.ForEach(_notifier.Truncate);
    }

    /// <summary>The sequence that became shorter; null for others.</summary>
    private static SequenceKey? DeletePoints(IStoreWriter store, TreeView tree, CdbPath path, double after, double to, QueryBudget budget)
    {
        (StreamRecord stream, Rights rights) = tree.Stream(path);
        Authorization.CheckKind(rights.Delete, NodeKinds.Stream, "remove datapoints of", path, tree.Actor);
        Authorization.CheckEditable(store.FindDevice(path)!, path, tree.Actor);
        SequenceKey key = stream.KeyOf(downlink: false);
        long count = store.End(key).Count;
        long from = store.IndexOfTime(key, after);
        long end = store.IndexOfTime(key, to);
        if (from >= end)
        {
            return null;
        }

        if (end - from == count)
        {
            store.Remove(stream);
            return null;
        }

        List<Block> rest = [];
        for (long next = end; next < count; next += rest[^1].Count)
        {
            budget.Check();
            rest.Add(store.Read(key, next, count));
            budget.Take((long)BytesPerDatapoint * rest[^1].Count);
        }

        store.Truncate(key, from);
        rest.ForEach(block => store.Append(key, block));
        return key;
    }

    private void Keep(IStoreWriter store, Actor actor, NewStream plan)
    {
        CdbPath path = plan.Stream.Path;
        if (store.FindStream(path) is null)
        {
            AddStreams(store, actor, DeviceForNewStream(store, actor, path), [plan]);
            return;
        }

        (StreamRecord old, Rights rights) = new TreeView(store, actor).Stream(path);
        StreamRecord changed = FieldRules.Apply(old, plan.Definition, _schemas);
        Authorization.CheckFields(rights.Write.Stream, StreamFields.All.SetBy(StreamFields.All.Without(plan.Definition, old.Fields)), path, actor);
        Authorization.CheckEditable(store.FindDevice(path)!, path, actor);
        store.Change(changed);
    }
}
