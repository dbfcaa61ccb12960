using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

/// <summary>The tree as an actor sees it: what may not be read is not there.</summary>
internal sealed class TreeView(IStoreReader store, Actor actor)
{
    public Actor Actor { get; } = actor;

    /// <exception cref="NotFoundException">There is none, or it may not be seen.</exception>
    public (UserRecord User, Rights Rights) User(CdbPath path)
    {
        if (store.FindUser(CdbPath.ForUser(path.User)) is { } user
            && Actor.To(user) is var rights
            && rights.Read.User != NodeFields.None)
        {
            return (user, rights);
        }

        throw Authorization.NotFound(path);
    }

    /// <exception cref="NotFoundException">There is none, or it may not be seen.</exception>
    public (DeviceRecord Device, Rights Rights) Device(CdbPath path)
    {
        if (store.FindDevice(path) is { } device && Actor.To(device) is var rights && rights.Read.Device != NodeFields.None)
        {
            return (device, rights);
        }

        throw Authorization.NotFound(path);
    }

    /// <exception cref="NotFoundException">There is none, or it may not be seen.</exception>
    public (StreamRecord Stream, Rights Rights) Stream(CdbPath path)
    {
        if (store.FindDevice(path) is { } device
            && Actor.To(device) is var rights
            && rights.Read.Stream != NodeFields.None
            && store.FindStream(path) is { } stream)
        {
            return (stream, rights);
        }

        throw Authorization.NotFound(path);
    }
}
