using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    private const string WrongPassword = "The user name or the password is wrong. Check both; the e-mail address can be used as the name.";

    /// <summary>Logs in as a device without a secret, because read access to the file is trusted.</summary>
    /// <exception cref="NotFoundException">There is no such device.</exception>
    public Login LoginAs(CdbPath device, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(device);
        return _store.Read(store => store.FindDevice(device), cancellation) is { } found && device.Kind == CdbPathKind.Device
            ? new Login(found.Path, found.Id)
            : throw new NotFoundException($"There is no device '{device}' in '{Location}' to log in as.", device);
    }

    /// <summary>The login of another device whose API key the login may read.</summary>
    /// <exception cref="NotFoundException">The device does not exist, or the login may not see it.</exception>
    /// <exception cref="PermissionDeniedException">Its key may not be read, or it has none.</exception>
    public Login ActAs(Login login, CdbPath device, CancellationToken cancellation)
    {
        FieldRules.CheckKind(device, CdbPathKind.Device);
        return _store.Read(
            store =>
            {
                Actor actor = ActorOf(store, login);
                (DeviceRecord other, Rights rights) = new TreeView(store, actor).Device(device);
                return other.Id == actor.Device.Id || (other.KeyHash is not null && rights.Read.Device.HasFlag(NodeFields.ApiKey))
                    ? new Login(other.Path, other.Id)
                    : throw new PermissionDeniedException($"'{actor.Path}' may not act as '{device}', because it may not read its API key. Connect as a device that may: the 'user' device of its owner or of an administrator.", device);
            },
            cancellation);
    }

    /// <exception cref="AuthenticationException">No device has this key.</exception>
    public Login LoginWithKey(string apiKey, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(apiKey) || _store.Read(store => store.FindDeviceByKey(ApiKey.Hash(apiKey)), cancellation) is not { } device)
        {
            throw WrongKey();
        }

        return new Login(device.Path, device.Id);
    }

    /// <summary>Logs in as the <c>user</c> device of the user.</summary>
    /// <param name="userName">The name or e-mail address, in any case.</param>
    /// <exception cref="AuthenticationException">The user does not exist, or the password is wrong.</exception>
    public Login LoginWithPassword(string userName, string password, CancellationToken cancellation)
    {
        UserRecord? user = _store.Read(store => store.FindUserByLogin(userName), cancellation);
        if (!_passwords.Matches(user?.PasswordHash, password))
        {
            throw new AuthenticationException(WrongPassword, userName);
        }

        return LoginAs(user!.Path.Child(UserDevice), cancellation);
    }

    /// <summary>True when at least one user has a password.</summary>
    public bool HasPasswords(CancellationToken cancellation)
        => _store.Read(store => store.ListUsers().Any(user => user.PasswordHash is not null), cancellation);

    /// <summary>Creates a session token, valid until it expires, the key of the device changes, or the password of its user changes.</summary>
    public string IssueSession(Login login, TimeSpan lifetime, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(login);
        return _store.Read(
            store =>
            {
                Actor actor = ActorOf(store, login);
                return _sessions.Issue(actor.User, actor.Device, _time.GetUtcNow() + lifetime);
            },
            cancellation);
    }

    /// <exception cref="AuthenticationException">The token is invalid or expired.</exception>
    public Login LoginWithSession(string session, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(session);
        bool holds = SessionSeal.Read(session) is var (claimed, expiry)
            && expiry > _time.GetUtcNow()
            && _store.Read(
                store => store.FindDevice(claimed.Device) is { } device
                    && device.Id == claimed.DeviceId
                    && _sessions.Holds(session, store.FindUser(CdbPath.ForUser(device.Path.User))!, device),
                cancellation);
        return holds
            ? SessionSeal.Read(session)!.Value.Login
            : throw new AuthenticationException("The session has ended. Log in again.", null);
    }

    private static AuthenticationException WrongKey()
        => new("No device has this API key. Check it, or ask the owner of the device for a new one.", null);
}
