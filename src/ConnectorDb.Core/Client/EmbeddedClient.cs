using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Hosting;

namespace ConnectorDb.Core.Client;

/// <summary>A client of a store in this process. All calls complete synchronously, except for appends, passwords and subscriptions.</summary>
public sealed class EmbeddedClient : ICdbClient
{
    private static readonly CdbPath s_owner = CdbPath.ForUser("me");
    private static readonly CdbPath s_ownerDevice = s_owner.Child(CdbEngine.UserDevice);
    private readonly CdbEngine _engine;
    private readonly bool _ownsEngine;
    private volatile Login _login;

    private EmbeddedClient(CdbEngine engine, Login login, bool ownsEngine)
    {
        _engine = engine;
        _login = login;
        _ownsEngine = ownsEngine;
    }

    public string Location => _engine.Location;

    public CdbPath Identity => _login.Device;

    /// <summary>True when the store did not exist and was made for this client.</summary>
    public bool IsNew => _ownsEngine && _engine.IsNew;

    /// <summary>Opens the store; creates it, with the administrator <c>me</c>, if it does not exist and its owner opens it.</summary>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    /// <exception cref="AuthenticationException">Key or password are wrong.</exception>
    /// <exception cref="NotFoundException">The device to log in as, or the store to log in to, does not exist.</exception>
    public static ICdbClient Open(EmbeddedOptions options)
    {
        CheckExists(options);
        CheckLogin(options);
        CdbEngine engine = OpenEngine(options, mustExist: options.MustExist || !IsOwner(options));
        try
        {
            return new EmbeddedClient(engine, LogIn(engine, options), ownsEngine: true);
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Opens the engine without a login; creates the store if it does not exist.</summary>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public static CdbEngine OpenEngine(EmbeddedOptions options) => OpenEngine(options, mustExist: false);

    /// <summary>The full path of a store; without a path, of the store of the account. The address of a database stays as it is.</summary>
    /// <exception cref="StoreException">The path cannot be the path of a file.</exception>
    public static string Locate(string? path) => StoreFactory.IsDatabase(path) ? path! : SqliteFile.Locate(path ?? UserFolder.StorePath);

    /// <summary>A client of an open engine, which is not closed with the client.</summary>
    public static ICdbClient Over(CdbEngine engine, Login login) => new EmbeddedClient(engine, login, ownsEngine: false);

    public ValueTask<string> PingAsync(CancellationToken cancellation) => new(_engine.Ping(_login, cancellation));

    public ValueTask<CdbInfo> GetInfoAsync(CancellationToken cancellation) => new(_engine.Info(_login, cancellation));

    public ValueTask<bool> ExistsAsync(CdbPath path, CancellationToken cancellation) => new(_engine.Exists(_login, path, cancellation));

    public IAsyncEnumerable<CdbUser> ListUsersAsync(string after, CancellationToken cancellation)
        => ListParts.Read((name, most) => _engine.ListUsers(_login, name, most, cancellation), user => user.Name, after);

    public IAsyncEnumerable<CdbDevice> ListDevicesAsync(CdbPath user, string after, CancellationToken cancellation)
        => ListParts.Read((name, most) => _engine.ListDevices(_login, user, name, most, cancellation), device => device.Name, after);

    public IAsyncEnumerable<CdbStream> ListStreamsAsync(CdbPath device, string after, CancellationToken cancellation)
        => ListParts.Read((name, most) => _engine.ListStreams(_login, device, name, most, this, cancellation), stream => stream.Name, after);

    public IAsyncEnumerable<CdbStream> FindStreamsAsync(string text, IReadOnlyList<LabelPattern> labels, string after, CancellationToken cancellation)
        => _engine.FindStreamsAsync(_login, text, labels, after, this, cancellation);

    public ValueTask<CdbUser> GetUserAsync(CdbPath path, CancellationToken cancellation) => new(_engine.GetUser(_login, path, cancellation));

    public ValueTask<CdbDevice> GetDeviceAsync(CdbPath path, CancellationToken cancellation) => new(_engine.GetDevice(_login, path, cancellation));

    public ValueTask<CdbStream> GetStreamAsync(CdbPath path, CancellationToken cancellation) => new(_engine.GetStream(_login, path, this, cancellation));

    public ValueTask<CdbUser> CreateUserAsync(CdbPath path, UserDefinition definition, CancellationToken cancellation)
        => _engine.CreateUserAsync(_login, path, definition, cancellation);

    public ValueTask<CdbDevice> CreateDeviceAsync(CdbPath path, DeviceDefinition definition, CancellationToken cancellation)
        => new(_engine.CreateDevice(_login, path, definition, cancellation));

    public ValueTask<CdbStream> CreateStreamAsync(CdbPath path, StreamDefinition definition, CancellationToken cancellation)
        => new(_engine.CreateStream(_login, path, definition, this, cancellation));

    public async ValueTask<CdbUser> UpdateUserAsync(CdbPath path, UserDefinition changes, CancellationToken cancellation)
    {
        CdbUser user = await _engine.UpdateUserAsync(_login, path, changes, cancellation).ConfigureAwait(false);
        if (changes.Password is { } password && _login.Credential is PasswordCredential && path.User == _login.Device.User)
        {
            _login = await _engine.LoginWithPasswordAsync(path.User, password, cancellation).ConfigureAwait(false);
        }

        return user;
    }

    // A client that changes its own key or password continues with the new one.
    public ValueTask<CdbDevice> UpdateDeviceAsync(CdbPath path, DeviceDefinition changes, CancellationToken cancellation)
    {
        CdbDevice device = _engine.UpdateDevice(_login, path, changes, cancellation);
        if (device is { ApiKey: { Length: > 0 } key } && changes.ApiKey is not null && _login.Credential is KeyCredential && device.GetPath() == _login.Device)
        {
            _login = _engine.LoginWithKey(key, cancellation);
        }

        return new(device);
    }

    public ValueTask<CdbStream> UpdateStreamAsync(CdbPath path, StreamDefinition changes, CancellationToken cancellation)
        => new(_engine.UpdateStream(_login, path, changes, this, cancellation));

    public ValueTask DeleteAsync(CdbPath path, CancellationToken cancellation)
    {
        _engine.Delete(_login, path, cancellation);
        return ValueTask.CompletedTask;
    }

    public IAsyncEnumerable<CdbSession> ListSessionsAsync(CdbPath? user, CancellationToken cancellation)
        => CompletedEnumerable.Of(_engine.ListSessions(_login, user, cancellation));

    public ValueTask RemoveSessionAsync(long id, CancellationToken cancellation)
    {
        _engine.RemoveSession(_login, id, cancellation);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<StreamBlock> blocks, AppendOptions options, CancellationToken cancellation)
        => _engine.AppendAsync(_login, blocks, options, cancellation);

    public ValueTask RemoveNewestAsync(CdbPath stream, long from, long count, CancellationToken cancellation)
    {
        _engine.RemoveNewest(_login, stream, from, count, cancellation);
        return ValueTask.CompletedTask;
    }

    public IAsyncEnumerable<Block> ReadAsync(DataQuery query, CancellationToken cancellation)
        => _engine.ReadAsync(_login, query, cancellation);

    public ValueTask<long> CountAsync(CdbPath stream, CancellationToken cancellation) => new(_engine.Count(_login, stream, cancellation));

    public ValueTask<Datapoint?> LastAsync(CdbPath stream, CancellationToken cancellation) => new(_engine.Last(_login, stream, cancellation));

    public ValueTask<IReadOnlyList<StreamEnd?>> GetEndsAsync(IReadOnlyList<CdbPath> streams, CancellationToken cancellation)
        => _engine.GetEndsAsync(_login, streams, cancellation);

    public ValueTask<long> IndexOfTimeAsync(CdbPath stream, double t, CancellationToken cancellation)
        => new(_engine.IndexOfTime(_login, stream, t, cancellation));

    public ValueTask<StreamSummary> SummarizeAsync(DataQuery range, CancellationToken cancellation)
        => new(_engine.Summarize(_login, range, cancellation));

    public ValueTask<IReadOnlyList<IReadOnlyList<StreamSummary>?>> ChartAsync(IReadOnlyList<ChartQuery> queries, CancellationToken cancellation)
        => _engine.ChartAsync(_login, queries, cancellation);

    public IAsyncEnumerable<Block> MergeAsync(IReadOnlyList<DataQuery> queries, CancellationToken cancellation)
        => _engine.Merge(_login, queries, cancellation);

    public IAsyncEnumerable<Block> DatasetAsync(DatasetQuery query, CancellationToken cancellation)
        => _engine.Dataset(_login, query, cancellation);

    public ValueTask<ISubscription> SubscribeAsync(SubscriptionQuery query, CancellationToken cancellation)
        => new(_engine.Subscribe(_login, query, cancellation));

    public ValueTask<ICdbClient> ActAsAsync(CdbPath device, CancellationToken cancellation)
        => new(Over(_engine, _engine.ActAs(_login, device, cancellation)));

    public ValueTask DisposeAsync()
    {
        if (_ownsEngine)
        {
            _engine.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static CdbEngine OpenEngine(EmbeddedOptions options, bool mustExist)
    {
        ArgumentNullException.ThrowIfNull(options);
        CdbEngine engine = StoreFactory.OpenEngine(Locate(options.Path), options.KeyFolder ?? UserFolder.KeyFolder, options.Time, options.Settings, mustExist);
        try
        {
            engine.CreateOwner(s_owner, CancellationToken.None);
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    private static void CheckExists(EmbeddedOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.MustExist && !StoreFactory.IsDatabase(options.Path) && Locate(options.Path) is var path && new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            string problem = File.Exists(path) ? $"The file '{path}' is empty, so it is no store." : $"There is no store '{path}'.";
            throw new NotFoundException($"{problem} Check the path, or restore the store with Restore-CdbStore. Connect-Cdb without -MustExist makes a new one.", path);
        }
    }

    /// <summary>A new store has only its owner, so that any other login fails. It fails before the store is created.</summary>
    private static void CheckLogin(EmbeddedOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!IsOwner(options) && !StoreFactory.IsDatabase(options.Path) && Locate(options.Path) is var path && !File.Exists(path))
        {
            throw new NotFoundException($"There is no store '{path}' to log in to. Check the path. Connect-Cdb without a login creates a store.", path);
        }
    }

    private static bool IsOwner(EmbeddedOptions options)
        => options.ApiKey is null && options.UserName is null && (options.As ?? s_ownerDevice).Equals(s_ownerDevice);

    private static Login LogIn(CdbEngine engine, EmbeddedOptions options)
    {
        if (options.ApiKey is { } key)
        {
            return engine.LoginWithKey(key, CancellationToken.None);
        }

        return options.UserName is { } user
            ? engine.LoginWithPassword(user, options.Password ?? "", CancellationToken.None)
            : engine.LoginAs(options.As ?? s_ownerDevice, CancellationToken.None);
    }
}
