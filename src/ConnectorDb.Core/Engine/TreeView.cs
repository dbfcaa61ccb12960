using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

/// <summary>The part of the tree that an actor may see.</summary>
internal sealed class TreeView(IStoreReader store, Actor actor)
{
    public Actor Actor { get; } = actor;

    /// <exception cref="NotFoundException">The node does not exist, or the actor may not see it.</exception>
    public (UserRecord User, Rights Rights) User(CdbPath path)
    {
        if (store.FindUser(CdbPath.ForUser(path.User)) is { } user
            && Actor.To(user) is var rights
            && rights.Read.User != NodeFields.None)
        {
            return (user, rights);
        }

        throw NotFoundException.Of(path);
    }

    /// <exception cref="NotFoundException">The node does not exist, or the actor may not see it.</exception>
    public (DeviceRecord Device, Rights Rights) Device(CdbPath path)
    {
        if (store.FindDevice(path) is { } device && Actor.To(device) is var rights && rights.Read.Device != NodeFields.None)
        {
            return (device, rights);
        }

        throw NotFoundException.Of(path);
    }

    /// <exception cref="NotFoundException">The node does not exist, or the actor may not see it.</exception>
    public (StreamRecord Stream, Rights Rights) Stream(CdbPath path)
    {
        if (store.FindDevice(path) is { } device
            && Actor.To(device) is var rights
            && rights.Read.Stream != NodeFields.None
            && store.FindStream(path) is { } stream)
        {
            return (stream, rights);
        }

        throw NotFoundException.Of(path);
    }
}
