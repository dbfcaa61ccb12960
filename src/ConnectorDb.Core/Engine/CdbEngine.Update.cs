using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    public CdbUser UpdateUser(Login login, CdbPath path, UserDefinition changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        FieldRules.CheckKind(path, CdbPathKind.User);
        UserRecord trial = FieldRules.Apply(new UserRecord { Path = path }, changes);
        return Change(
            login,
            "Update",
            path,
            (store, actor) =>
            {
                (UserRecord old, Rights rights) = new TreeView(store, actor).User(path);
                Authorization.CheckFields(rights.Write.User, UserFields.All.SetBy(changes), path, actor);
                UserRecord changed = FieldRules.Apply(old, changes, trial.PasswordHash);
                if (old.Role == Role.Admin && changed.Role != Role.Admin)
                {
                    CheckNotLastAdmin(store, old);
                }

                store.Change(changed);
                return VisibleFields.User(changed, rights);
            },
            cancellation);
    }

    public CdbDevice UpdateDevice(Login login, CdbPath path, DeviceDefinition changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        FieldRules.CheckKind(path, CdbPathKind.Device);
        string? apiKey = FieldRules.KeyOf(changes);
        return Change(
            login,
            "Update",
            path,
            (store, actor) =>
            {
                (DeviceRecord old, Rights rights) = new TreeView(store, actor).Device(path);
                Authorization.CheckFields(rights.Write.Device, DeviceFields.All.SetBy(changes), path, actor);
                Authorization.CheckEditable(old, path, actor);
                DeviceRecord changed = FieldRules.Apply(old, changes);
                if (changed.Public && !old.Public)
                {
                    CheckPublic(store.FindUser(path.Parent!)!, changed);
                }

                changed = apiKey is null ? changed : _keys.WithKey(changed, apiKey);
                store.Change(changed);
                return VisibleFields.Device(changed, rights, _keys);
            },
            cancellation);
    }

    /// <summary>Changes a stream; its datapoints in the downlink are deleted when the downlink is turned off.</summary>
    /// <param name="client">The client that the stream asks for its count and newest datapoint.</param>
    public CdbStream UpdateStream(Login login, CdbPath path, StreamDefinition changes, ICdbClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        FieldRules.CheckKind(path, CdbPathKind.Stream);
        return Change(
            login,
            "Update",
            path,
            (store, actor) =>
            {
                (StreamRecord old, Rights rights) = new TreeView(store, actor).Stream(path);
                Authorization.CheckFields(rights.Write.Stream, StreamFields.All.SetBy(changes), path, actor);
                Authorization.CheckEditable(store.FindDevice(path)!, path, actor);
                StreamRecord changed = FieldRules.Apply(old, changes, _schemas);
                if (old.Downlink && !changed.Downlink)
                {
                    changed = ClearDownlink(store, changed);
                }

                store.Change(changed);
                return VisibleFields.Stream(changed, client);
            },
            cancellation);
    }

    private static StreamRecord ClearDownlink(IStoreWriter store, StreamRecord stream)
    {
        store.Clear(stream.KeyOf(downlink: true));
        return stream with { DownlinkNumber = stream.DownlinkNumber + 1 };
    }

    private static void CheckNotLastAdmin(IStoreReader store, UserRecord user)
    {
        if (store.ListUsers().Count(other => other.Role == Role.Admin) == 1)
        {
            throw new PermissionDeniedException($"'{user.Path}' is the last administrator. Make another user an administrator first.", user.Path);
        }
    }
}
