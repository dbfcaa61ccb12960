using System.Runtime.CompilerServices;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>Streams that a search reads at first; then twice as many each time.</summary>
    private const int FirstFound = 64;

    private const int MostFound = 4096;

    /// <summary>At most so many users with names after a name, by name.</summary>
    /// <exception cref="PermissionDeniedException">Only administrators may list them.</exception>
    public IReadOnlyList<CdbUser> ListUsers(Login login, string after, int most, CancellationToken cancellation) => _store.Read(
        store =>
        {
            Actor actor = ActorOf(store, login);
            return (actor.ToAll.List & NodeKinds.User) != 0
                ? store.ListUsers(after).Take(most).Select(user => VisibleFields.User(user, actor.To(user))).ToArray()
                : throw new PermissionDeniedException(login.IsAnonymous
                    ? $"'{actor.Path}' may not list users, devices and streams, because you are not logged in. Log in with a password or an API key, or name the user you mean."
                    : $"'{actor.Path}' may not list users. Name the user you mean, or connect as an administrator.", null);
        },
        cancellation);

    /// <summary>At most so many visible devices of a user with names after a name, by name.</summary>
    public IReadOnlyList<CdbDevice> ListDevices(Login login, CdbPath path, string after, int most, CancellationToken cancellation)
    {
        FieldRules.CheckKind(path, CdbPathKind.User);
        return _store.Read(
            store =>
            {
                Actor actor = ActorOf(store, login);
                (UserRecord user, Rights rights) = new TreeView(store, actor).User(path);
                if ((rights.List & NodeKinds.Device) == 0)
                {
                    throw NotFoundException.Of(path);
                }

                return store.ListDevices(user, after)
                    .Where(device => actor.To(device).Read.Device != NodeFields.None)
                    .Take(most)
                    .Select(device => VisibleFields.Device(device, actor.To(device), _keys))
                    .ToArray();
            },
            cancellation);
    }

    /// <summary>At most so many streams of a device with names after a name, by name.</summary>
    /// <param name="client">The client that the streams ask for their count and newest datapoint.</param>
    public IReadOnlyList<CdbStream> ListStreams(Login login, CdbPath path, string after, int most, ICdbClient client, CancellationToken cancellation)
    {
        FieldRules.CheckKind(path, CdbPathKind.Device);
        return _store.Read(
            store =>
            {
                (DeviceRecord device, Rights rights) = new TreeView(store, ActorOf(store, login)).Device(path);
                return (rights.List & NodeKinds.Stream) != 0
                    ? store.ListStreams(device, after).Take(most).Select(stream => VisibleFields.Stream(stream, client)).ToArray()
                    : throw NotFoundException.Of(path);
            },
            cancellation);
    }

    /// <summary>
    /// The streams after a path that the login may list, whose path or nickname contains a text, in any case, and that have all labels, by path. They are one query, which ends with
    /// the enumeration.
    /// </summary>
    /// <param name="login">The caller.</param>
    /// <param name="text">The empty text for any path.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="after">The empty text for the start.</param>
    /// <param name="client">The client that the streams ask for their count and newest datapoint.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <exception cref="InvalidValueException">There is neither a text nor a label.</exception>
    /// <exception cref="QueryLimitException">The search has reached a limit.</exception>
    public async IAsyncEnumerable<CdbStream> FindStreamsAsync(Login login, string text, IReadOnlyList<LabelPattern> labels, string after, ICdbClient client, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (text.Length == 0 && labels.Count == 0)
        {
            throw new InvalidValueException("Give at least one label to search for, such as room=*, or a text.", null);
        }

        using QueryBudget budget = BudgetOf(login, cancellation);
        budget.Open();
        for (int most = FirstFound; ; most = Math.Min(2 * most, MostFound))
        {
            (string start, int size) = (after, most);
            CdbStream[] part = await budget.ComputeAsync(() => new ValueTask<CdbStream[]>(_store.Read(
                store => FindStreams(store, login, text, labels, start, budget).Take(size).Select(stream => VisibleFields.Stream(stream, client)).ToArray(),
                cancellation))).ConfigureAwait(false);
            foreach (CdbStream stream in part)
            {
                yield return stream;
            }

            if (part.Length < most)
            {
                yield break;
            }

            after = part[^1].Path;
        }
    }

    private static IEnumerable<StreamRecord> FindStreams(IStoreReader store, Login login, string text, IReadOnlyList<LabelPattern> labels, string after, QueryBudget budget)
    {
        Actor actor = ActorOf(store, login);
        Dictionary<long, bool> isListed = [];
        return store.FindStreams(text, labels, after.Length == 0 ? null : CdbPath.Parse(after), IsListed, budget.Step);

        bool IsListed(long deviceId)
        {
            if (!isListed.TryGetValue(deviceId, out bool known))
            {
                known = store.FindDevice(deviceId) is { } device && actor.To(device) is var rights && rights.Read.Device != NodeFields.None && (rights.List & NodeKinds.Stream) != 0;
                isListed.Add(deviceId, known);
            }

            return known;
        }
    }
}
