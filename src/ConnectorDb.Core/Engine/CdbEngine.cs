using ConnectorDb.Core.Budgets;
using ConnectorDb.Core.Engine.Appending;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Engine.Notifications;
using ConnectorDb.Core.Engine.Permissions;
using ConnectorDb.Core.Engine.Reading;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Schemas;
using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine;

/// <summary>A database: every operation runs with the rights of a <see cref="Login"/>, and throws the exceptions of the model.</summary>
/// <remarks>Safe for many threads. Embedded clients and the server use the same engine.</remarks>
public sealed partial class CdbEngine : IDisposable
{
    /// <summary>The values of nearly all appends are checked in this time.</summary>
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(50);

    private readonly IStore _store;
    private readonly KeyRing _keys;
    private readonly LoginWatches _logins;
    private readonly VerifiedPasswords _passwords = new();
    private readonly PasswordQueue _hashing = new();
    private readonly TimeProvider _time;
    private readonly EngineSettings _settings;
    private readonly SchemaCache _schemas;
    private readonly TargetCache _targets = new();
    private readonly ColumnCache _columns = new();
    private readonly Notifier _notifier;
    private readonly UserBudgets _budgets;
    private readonly QueryLimits _momentLimits;
    private readonly CountLimit _deviceLimit;
    private readonly CountLimit _streamLimit;

    /// <summary>Takes ownership of the store, and disposes it.</summary>
    /// <param name="keyFolder">The folder of the secrets that encrypt API keys, one file per store.</param>
    /// <param name="settings">Null for the defaults.</param>
    public CdbEngine(IStore store, string keyFolder, TimeProvider time, EngineSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _time = time;
        _settings = settings ?? new EngineSettings();
        _schemas = new SchemaCache(_settings.MaxSchema);
        _budgets = new UserBudgets(_settings.Queries, _settings.PublicQueries);
        _momentLimits = _settings.Queries with { Time = s_moment };
        _deviceLimit = new CountLimit(_settings.MaxDevices);
        _streamLimit = new CountLimit(_settings.MaxStreams);
        _notifier = new Notifier(store) { MaxSubscriptions = _settings.MaxSubscriptions };
        _logins = new LoginWatches(store, Holds);
        _keys = new KeyRing(new KeyFile(Path.Combine(keyFolder, $"{store.Id:N}.key")));
    }

    public string Location => _store.Location;

    /// <summary>True when the store did not exist and was made at opening.</summary>
    public bool IsNew => _store.IsNew;

    public static string Version { get; } = typeof(CdbEngine).Assembly.GetName().Version!.ToString(3);

    /// <inheritdoc cref="IStore.TryHold"/>
    public IStoreLease? TryHold(string role) => _store.TryHold(role);

    /// <summary>Closes the store; subscriptions end with <see cref="StoreFault.Closed"/>.</summary>
    public void Dispose()
    {
        _notifier.StopWatching();
        _logins.StopWatching();
        _store.Dispose();
        _notifier.WakeAll();
        _hashing.Dispose();
    }

    /// <summary>The budget of a new query.</summary>
    private QueryBudget BudgetOf(Login login, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(login);
        return _budgets.Begin(login.IsAnonymous ? null : login.Device.User, cancellation);
    }

    /// <summary>Counts memory for a result of a user that takes its time, until the disposal.</summary>
    /// <exception cref="QueryLimitException">The queries of the user need too much memory.</exception>
    public IDisposable Hold(Login login, long bytes)
    {
        QueryBudget budget = BudgetOf(login, CancellationToken.None);
        try
        {
            budget.Take(bytes);
            return budget;
        }
        catch (QueryLimitException)
        {
            budget.Dispose();
            throw;
        }
    }

    /// <summary>The current record of the device of the login, with its user.</summary>
    /// <exception cref="AuthenticationException">The device was deleted, or the credential of the login has ended.</exception>
    private static Actor ActorOf(IStoreReader store, Login login)
    {
        if (login.IsAnonymous)
        {
            return login == Login.PublicReader ? Actor.PublicReader : Actor.Nobody;
        }

        DeviceRecord? device = store.FindDevice(login.Device);
        if (device?.Id != login.DeviceId)
        {
            throw new AuthenticationException($"The device '{login.Device}' of this login was deleted. Connect again as another device.", login.Device);
        }

        UserRecord user = store.FindUser(CdbPath.ForUser(login.Device.User))!;
        return login.Credential is null || login.Credential.Holds(store, user, device)
            ? new Actor(user, device)
            : throw new AuthenticationException(login.Credential.Ended, login.Device);
    }
}
