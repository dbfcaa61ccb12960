using ConnectorDb.Core.Engine.Appending;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Notifications;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Schemas;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

/// <summary>A database: every operation runs with the rights of a <see cref="Login"/>, and throws the exceptions of the model.</summary>
/// <remarks>Safe for many threads. Embedded clients and the server use the same engine.</remarks>
public sealed partial class CdbEngine : IDisposable
{
    private readonly IStore _store;
    private readonly KeyRing _keys;
    private readonly SessionSeal _sessions;
    private readonly VerifiedPasswords _passwords = new();
    private readonly TimeProvider _time;
    private readonly SchemaCache _schemas = new();
    private readonly TargetCache _targets = new();
    private readonly Notifier _notifier;

    /// <summary>Takes ownership of the store, and disposes it.</summary>
    /// <param name="keyFolder">The folder of the secrets that encrypt API keys, one file per store.</param>
    public CdbEngine(IStore store, string keyFolder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _time = time;
        _notifier = new Notifier(store);
        KeyFile secret = new(Path.Combine(keyFolder, $"{store.Id:N}.key"));
        _keys = new KeyRing(secret);
        _sessions = new SessionSeal(secret);
    }

    public string Location => _store.Location;

    /// <summary>True when the store did not exist and was made at opening.</summary>
    public bool IsNew => _store.IsNew;

    public static string Version { get; } = typeof(CdbEngine).Assembly.GetName().Version!.ToString(3);

    /// <summary>Closes the store; subscriptions end with <see cref="StoreFault.Closed"/>.</summary>
    public void Dispose()
    {
        _notifier.StopWatching();
        _store.Dispose();
        _notifier.WakeAll();
    }

    /// <summary>The current record of the device of the login, with its user.</summary>
    /// <exception cref="AuthenticationException">The device was deleted, or its key changed.</exception>
    private static Actor ActorOf(IStoreReader store, Login login)
    {
        if (login == Login.Nobody)
        {
            return Actor.Nobody;
        }

        DeviceRecord? device = store.FindDevice(login.Device);
        if (device?.Id != login.DeviceId)
        {
            throw new AuthenticationException($"The device '{login.Device}' of this login was deleted. Connect again as another device.", login.Device);
        }

        return login.Key is null || login.Key.AsSpan().SequenceEqual(device.KeyHash)
            ? new Actor(store.FindUser(CdbPath.ForUser(login.Device.User))!, device)
            : throw WrongKey();
    }
}
