using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>True when the user, device or stream exists and the login may see it.</summary>
    public bool Exists(Login login, CdbPath path, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            _ = path.Kind switch
            {
                CdbPathKind.User => See<object>(login, tree => tree.User(path), cancellation),
                CdbPathKind.Device => See<object>(login, tree => tree.Device(path), cancellation),
                _ => See<object>(login, tree => tree.Stream(path.ToStream()), cancellation),
            };
            return true;
        }
        catch (NotFoundException)
        {
            return false;
        }
    }

    public CdbUser GetUser(Login login, CdbPath path, CancellationToken cancellation)
    {
        FieldRules.CheckKind(path, CdbPathKind.User);
        return See(
            login,
            tree =>
            {
                (UserRecord user, Rights rights) = tree.User(path);
                return VisibleFields.User(user, rights);
            },
            cancellation);
    }

    public CdbDevice GetDevice(Login login, CdbPath path, CancellationToken cancellation)
    {
        FieldRules.CheckKind(path, CdbPathKind.Device);
        return See(
            login,
            tree =>
            {
                (DeviceRecord device, Rights rights) = tree.Device(path);
                return VisibleFields.Device(device, rights, _keys);
            },
            cancellation);
    }

    /// <param name="client">The client that the stream asks for its count and newest datapoint.</param>
    public CdbStream GetStream(Login login, CdbPath path, ICdbClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        FieldRules.CheckKind(path.ToStream(), CdbPathKind.Stream);
        return See(login, tree => VisibleFields.Stream(tree.Stream(path.ToStream()).Stream, client), cancellation);
    }

    private T See<T>(Login login, Func<TreeView, T> look, CancellationToken cancellation)
        => _store.Read(store => look(new TreeView(store, ActorOf(store, login))), cancellation);
}
