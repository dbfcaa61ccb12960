using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

public sealed partial class CdbEngine
{
    private const string WrongPassword = "User name and password do not belong together. Check both; the e-mail address serves as a name, too.";

    /// <summary>Trusts the caller to be the device, as whoever may open the file is trusted.</summary>
    /// <exception cref="NotFoundException">There is no such device.</exception>
    public Login LoginAs(CdbPath device, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(device);
        return _store.Read(store => store.FindDevice(device), cancellation) is { } found && device.Kind == CdbPathKind.Device
            ? new Login(found.Path, found.Id)
            : throw new NotFoundException($"There is no device '{device}' to connect as.", device);
    }

    /// <exception cref="AuthenticationException">No device has this key.</exception>
    public Login LoginWithKey(string apiKey, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(apiKey) || _store.Read(store => store.FindDeviceByKey(ApiKey.Hash(apiKey)), cancellation) is not { } device)
        {
            throw new AuthenticationException("No device has this API key. Check it, or have the owner of the device show or reset it.", null);
        }

        return new Login(device.Path, device.Id);
    }

    /// <summary>Logs in as the <c>user</c> device of the user.</summary>
    /// <param name="userName">The name or e-mail address, in any case.</param>
    /// <exception cref="AuthenticationException">The two do not belong together.</exception>
    public Login LoginWithPassword(string userName, string password, CancellationToken cancellation)
    {
        UserRecord? user = _store.Read(store => store.FindUserByLogin(userName), cancellation);
        if (!PasswordHash.Matches(user?.PasswordHash, password))
        {
            throw new AuthenticationException(WrongPassword, userName);
        }

        return LoginAs(user!.Path.Child(UserDevice), cancellation);
    }
}
