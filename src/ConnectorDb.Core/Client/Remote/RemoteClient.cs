using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote.ConnectorDb03;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Client.Remote.Sockets;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Tree;

namespace ConnectorDb.Core.Client.Remote;

/// <summary>
/// A server over REST and one websocket, as one device sees it: ours, or an original ConnectorDB 0.3, which lacks the header
/// <see cref="ProtocolHeaders.Version"/>.
/// </summary>
public partial class RemoteClient : ICdbClient
{
    private readonly RestConnection _rest;
    private readonly SocketConnection _socket;
    private readonly bool _isOriginal;

    private protected RemoteClient(RestConnection rest, RemoteOptions settings, CdbPath identity, string version, bool isOriginal)
    {
        _rest = rest;
        Settings = settings;
        Version = version;
        _isOriginal = isOriginal;
        _socket = new SocketConnection(rest, this, settings, isOriginal);
        Location = settings.ToString();
        Identity = identity;
    }

    public string Location { get; }

    public CdbPath Identity { get; }

    private protected RemoteOptions Settings { get; }

    private protected string Version { get; }

    /// <summary>
    /// Logs in. A password is sent until it is known which key the user's own device has, and not kept: servers take their time
    /// over passwords, each time.
    /// </summary>
    /// <exception cref="AuthenticationException">Key or password are wrong.</exception>
    /// <exception cref="StoreException">The server cannot be reached; the message says why and what to do.</exception>
    public static async Task<ICdbClient> OpenAsync(RemoteOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        RestConnection rest = new(options);
        try
        {
            RestAnswer who = await rest.AskAsync(Who(options.ToString()) with { IsImpatient = true }, cancellation).ConfigureAwait(false);
            CdbPath identity = IdentityOf(who);
            if (options.UserName is not null && await OwnKeyAsync(rest, identity, cancellation).ConfigureAwait(false) is { Length: > 0 } key)
            {
                rest.UseKey(key);
            }

            string? version = who.Header(ProtocolHeaders.Version);
            return version is not null
                ? new RemoteClient(rest, options.WithoutLogin(), identity, version, isOriginal: false)
                : new ConnectorDb03Client(rest, options.WithoutLogin(), identity, await OriginalVersionAsync(rest, cancellation).ConfigureAwait(false));
        }
        catch
        {
            rest.Dispose();
            throw;
        }
    }

    public async ValueTask<string> PingAsync(CancellationToken cancellation)
    {
        RestAnswer answer = await _rest.AskAsync(Who(Location), cancellation).ConfigureAwait(false);
        IdentityOf(answer);
        return answer.Header(ProtocolHeaders.Version) ?? Version;
    }

    public async ValueTask<CdbInfo> GetInfoAsync(CancellationToken cancellation) => new()
    {
        Version = await PingAsync(cancellation).ConfigureAwait(false),
        Location = Location,
        Identity = Identity,
        Users = await CountOfAsync("users", cancellation).ConfigureAwait(false),
        Devices = await CountOfAsync("devices", cancellation).ConfigureAwait(false),
        Streams = await CountOfAsync("streams", cancellation).ConfigureAwait(false),
        Transforms = (await _rest.AskAsync(RestRequest.Get("meta/transforms", Location), cancellation).ConfigureAwait(false)).Read(InfoJson.ReadTransforms),
        Interpolators = (await _rest.AskAsync(RestRequest.Get("meta/interpolators", Location), cancellation).ConfigureAwait(false)).Read(InfoJson.ReadInterpolators),
    };

    public ValueTask<ISubscription> SubscribeAsync(SubscriptionQuery query, CancellationToken cancellation)
        => _socket.SubscribeAsync(query, cancellation);

    public async ValueTask<ICdbClient> ActAsAsync(CdbPath device, CancellationToken cancellation)
    {
        CdbDevice found = await GetDeviceAsync(device, cancellation).ConfigureAwait(false);
        return string.IsNullOrEmpty(found.ApiKey)
            ? throw new PermissionDeniedException($"'{Identity}' may not read the API key of '{device}', or the device has none. Connect with that key.", device)
            : As(_rest.With(found.ApiKey), found.Path);
    }

    /// <summary>A client of the same server with another login.</summary>
    private protected virtual RemoteClient As(RestConnection rest, CdbPath identity) => new(rest, Settings, identity, Version, isOriginal: false);

    public async ValueTask DisposeAsync()
    {
        await _socket.DisposeAsync().ConfigureAwait(false);
        _rest.Dispose();
        GC.SuppressFinalize(this);
    }

    public override string ToString() => $"{Identity} at {Location}";

    private async ValueTask<long?> CountOfAsync(string what, CancellationToken cancellation)
    {
        try
        {
            return (await _rest.AskAsync(RestRequest.Get("?q=count" + what, Location), cancellation).ConfigureAwait(false)).Number;
        }
        catch (CdbException error) when (error is PermissionDeniedException or NotFoundException)
        {
            return null;
        }
    }

    private static RestRequest Who(string location) => RestRequest.Get("?q=this", location);

    private static CdbPath IdentityOf(RestAnswer answer)
    {
        try
        {
            return CdbPath.Parse(answer.Text);
        }
        catch (InvalidNameException error)
        {
            throw Answers.Nonsense(answer.About, error);
        }
    }

    private static async Task<string?> OwnKeyAsync(RestConnection rest, CdbPath identity, CancellationToken cancellation)
    {
        RestAnswer device = await rest.AskAsync(RestRequest.Get(RestRequest.AddressOf(identity), identity), cancellation).ConfigureAwait(false);
        return device.ReadObject(fields => DeviceJson.Read(fields, identity.Parent!)).ApiKey;
    }

    private static async Task<string> OriginalVersionAsync(RestConnection rest, CancellationToken cancellation)
        => (await rest.AskAsync(RestRequest.Get("meta/version", rest.Root), cancellation).ConfigureAwait(false)).Text;
}
