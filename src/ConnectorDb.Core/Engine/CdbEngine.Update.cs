using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;
using ConnectorDb.Fields;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    /// <inheritdoc cref="UpdateUser"/>
    /// <remarks>Only few passwords are hashed at a time.</remarks>
    public ValueTask<CdbUser> UpdateUserAsync(Login login, CdbPath path, UserDefinition changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return changes.Password is null && changes.OldPassword is null
            ? new ValueTask<CdbUser>(UpdateUser(login, path, changes, cancellation))
            : _hashing.RunAsync(() => UpdateUser(login, path, changes, cancellation), cancellation);
    }

    /// <summary>Changes a user. A login of the user itself needs the old password for a new one; access to the file does not.</summary>
    /// <exception cref="WrongPasswordException">The old password is wrong.</exception>
    public CdbUser UpdateUser(Login login, CdbPath path, UserDefinition changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        FieldRules.CheckKind(path, CdbPathKind.User);
        string? proven = CheckOldPassword(login, path, changes, cancellation);
        UserRecord trial = FieldRules.Apply(new UserRecord { Path = path }, changes);
        return Change(
            login,
            "Update",
            path,
            (store, actor) =>
            {
                (UserRecord old, Rights rights) = new TreeView(store, actor).User(path);
                Authorization.CheckFields(rights.Write.User, UserFields.All.SetBy(VisibleFields.Changed(old, changes, rights)), path, actor);
                if (proven is not null && old.PasswordHash != proven)
                {
                    throw WrongOldPassword(path);
                }

                UserRecord changed = FieldRules.Apply(old, changes, trial.PasswordHash);
                if (old.Role == Role.Admin && changed.Role != Role.Admin)
                {
                    CheckNotLastAdmin(store, old);
                }

                if (AllowsPublic(old) && !AllowsPublic(changed))
                {
                    CheckNoPublicDevice(store, changed);
                }

                store.Change(changed);
                if (changes.Password is not null)
                {
                    store.ListDevices(changed).ToList().ForEach(store.RemoveSessions);
                }

                return VisibleFields.User(changed, rights);
            },
            cancellation);
    }

    /// <summary>Returns the hash that the old password matched; null when none is needed.</summary>
    private string? CheckOldPassword(Login login, CdbPath path, UserDefinition changes, CancellationToken cancellation)
    {
        if (changes.Password is null && changes.OldPassword is null)
        {
            return null;
        }

        string? kept = _store.Read(
            store =>
            {
                Actor actor = ActorOf(store, login);
                (UserRecord user, Rights rights) = new TreeView(store, actor).User(path);
                Authorization.CheckFields(rights.Write.User, ["password"], path, actor);
                return user.PasswordHash;
            },
            cancellation);
        if (changes.OldPassword is { } given)
        {
            return _passwords.Matches(kept, given) ? kept : throw WrongOldPassword(path);
        }

        // Access to the file is access to all of it, and the way out when a password is forgotten.
        bool isOwn = login.Device.User == path.User && login.Credential is not null;
        return kept is not null && isOwn
            ? throw new PermissionDeniedException($"The password of '{path}' is changed by its own user only together with the old one: -OldPassword. An administrator can set it without.", path)
            : null;
    }

    private static WrongPasswordException WrongOldPassword(CdbPath path)
        => new($"The old password of '{path}' is wrong. Nothing was changed.", path);

    public CdbDevice UpdateDevice(Login login, CdbPath path, DeviceDefinition changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        FieldRules.CheckKind(path, CdbPathKind.Device);
        return Change(
            login,
            "Update",
            path,
            (store, actor) =>
            {
                (DeviceRecord old, Rights rights) = new TreeView(store, actor).Device(path);
                DeviceDefinition differing = VisibleFields.Changed(old, changes, rights, _keys);
                Authorization.CheckFields(rights.Write.Device, DeviceFields.All.SetBy(differing), path, actor);
                Authorization.CheckEditable(old, path, actor);
                DeviceRecord changed = FieldRules.Apply(old, differing);
                if (changed.Public && !old.Public)
                {
                    CheckPublic(store.FindUser(path.Parent!)!, changed);
                }

                if (FieldRules.KeyOf(differing) is { } apiKey)
                {
                    changed = _keys.WithKey(changed, apiKey);
                    store.RemoveSessions(changed);
                }

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
        if (changes.Schema is { } schema)
        {
            // Compiled before the transaction, which keeps all other writers waiting.
            changes = changes with { Schema = _schemas.Minify(schema, path) };
        }

        return Change(
            login,
            "Update",
            path,
            (store, actor) =>
            {
                (StreamRecord old, Rights rights) = new TreeView(store, actor).Stream(path);
                Authorization.CheckFields(rights.Write.Stream, StreamFields.All.SetBy(StreamFields.All.Without(changes, old.Fields)), path, actor);
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
            throw LastAdmin(user.Path);
        }
    }

    internal static PermissionDeniedException LastAdmin(CdbPath user) => new($"'{user}' is the last administrator. Make another user an administrator first.", user);
}
