using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <summary>Deletes a user, device or stream with everything below it; for a downlink, only its datapoints.</summary>
    public void Delete(Login login, CdbPath path, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        Change(
            login,
            "Delete",
            path,
            (store, actor) =>
            {
                TreeView tree = new(store, actor);
                switch (path.Kind)
                {
                    case CdbPathKind.User:
                        DeleteUser(store, tree, path);
                        break;
                    case CdbPathKind.Device:
                        DeleteDevice(store, tree, path);
                        break;
                    default:
                        DeleteStream(store, tree, path);
                        break;
                }

                return true;
            },
            cancellation);
    }

    private static void DeleteUser(IStoreWriter store, TreeView tree, CdbPath path)
    {
        (UserRecord user, Rights rights) = tree.User(path);
        Authorization.CheckKind(rights.Delete, NodeKinds.User, "delete", path, tree.Actor);
        if (user.Role == Role.Admin)
        {
            CheckNotLastAdmin(store, user);
        }

        store.Remove(user);
    }

    /// <summary>Deletes a device, which is a right of its user, not of the device itself.</summary>
    private static void DeleteDevice(IStoreWriter store, TreeView tree, CdbPath path)
    {
        DeviceRecord device = tree.Device(path).Device;
        Rights rights = tree.Actor.To(store.FindUser(path.Parent!)!);
        Authorization.CheckKind(rights.Delete, NodeKinds.Device, "delete", path, tree.Actor);
        Authorization.CheckEditable(device, path, tree.Actor);
        CheckNotAutomatic(path);
        store.Remove(device);
    }

    /// <exception cref="PermissionDeniedException">Each user has this device.</exception>
    internal static void CheckNotAutomatic(CdbPath device)
    {
        if (device.Device is UserDevice or MetaDevice)
        {
            throw new PermissionDeniedException($"'{device}' belongs to its user and cannot be deleted alone. Delete its streams, or the user '{device.User}'.", device);
        }
    }

    private static void DeleteStream(IStoreWriter store, TreeView tree, CdbPath path)
    {
        (StreamRecord stream, Rights rights) = tree.Stream(path.ToStream());
        Authorization.CheckKind(rights.Delete, NodeKinds.Stream, "delete", path, tree.Actor);
        Authorization.CheckEditable(store.FindDevice(path)!, path, tree.Actor);
        if (path.IsDownlink)
        {
            store.Change(ClearDownlink(store, stream));
        }
        else
        {
            store.Remove(stream);
        }
    }
}
