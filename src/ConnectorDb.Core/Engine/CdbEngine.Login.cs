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
                if (other.Id == actor.Device.Id)
                {
                    return login;
                }

                return other.KeyHash is { } hash && rights.Read.Device.HasFlag(NodeFields.ApiKey)
                    ? new Login(other.Path, other.Id) { Credential = KeyCredential.Of(hash) }
                    : throw new PermissionDeniedException($"'{actor.Path}' may not act as '{device}', because it may not read its API key. Connect as a device that may: the 'user' device of its owner or of an administrator.", device);
            },
            cancellation);
    }

    /// <exception cref="AuthenticationException">No device has this key.</exception>
    public Login LoginWithKey(string apiKey, CancellationToken cancellation) => FindByKey(apiKey, cancellation) ?? throw new AuthenticationException(KeyCredential.Wrong, null);

    /// <summary>The login of the device with this key, or null.</summary>
    public Login? FindByKey(string apiKey, CancellationToken cancellation)
        => !string.IsNullOrEmpty(apiKey) && _store.Read(store => store.FindDeviceByKey(ApiKey.Hash(apiKey)), cancellation) is { } device
            ? new Login(device.Path, device.Id) { Credential = KeyCredential.Of(device.KeyHash!) }
            : null;

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

        return LoginAs(user!.Path.Child(UserDevice), cancellation) with { Credential = new PasswordCredential(user.PasswordHash!) };
    }

    /// <summary>As <see cref="LoginWithPassword"/>, but only few passwords are hashed at a time; one that was right before is not hashed.</summary>
    public ValueTask<Login> LoginWithPasswordAsync(string userName, string password, CancellationToken cancellation)
        => IsVerified(userName, password, cancellation)
            ? new ValueTask<Login>(LoginWithPassword(userName, password, cancellation))
            : _hashing.RunAsync(() => LoginWithPassword(userName, password, cancellation), cancellation);

    /// <summary>True when the password was right before, so that no hash is computed for it.</summary>
    public bool IsVerified(string userName, string password, CancellationToken cancellation)
        => _passwords.IsVerified(_store.Read(store => store.FindUserByLogin(userName), cancellation)?.PasswordHash, password);

    /// <summary>The name of the user with this name or e-mail address; the text itself when there is none.</summary>
    public string AccountOf(string userName, CancellationToken cancellation)
        => _store.Read(store => store.FindUserByLogin(userName), cancellation)?.Path.User ?? userName;

    /// <summary>True when at least one user has a password.</summary>
    public bool HasPasswords(CancellationToken cancellation)
        => _store.Read(store => store.ListUsers().Any(user => user.PasswordHash is not null), cancellation);
}
