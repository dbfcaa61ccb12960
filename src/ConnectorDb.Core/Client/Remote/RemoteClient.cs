using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote.ConnectorDb03;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Client.Remote.Sockets;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Tree;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Client.Remote;

/// <summary>A client of a server, over REST and one websocket.</summary>
public partial class RemoteClient : ICdbClient
{
    private readonly RestConnection _rest;
    private readonly SocketConnection _socket;

    /// <summary>True for a server with other rules of rights than ours.</summary>
    public virtual bool HasOtherRights => false;

    private protected RemoteClient(RestConnection rest, RemoteOptions settings, CdbPath identity, string version)
    {
        _rest = rest;
        Settings = settings;
        Version = version;
        _socket = new SocketConnection(rest, settings);
        Location = settings.ToString();
        Identity = identity;
    }

    public string Location { get; }

    public CdbPath Identity { get; }

    private protected RemoteOptions Settings { get; }

    private protected string Version { get; }

    /// <summary>Logs in, and selects the client by the kind of server: only ours sends <see cref="ProtocolHeaders.Version"/>.</summary>
    /// <remarks>The password is replaced by the API key of the user's device, because servers hash passwords slowly on each request.</remarks>
    /// <exception cref="AuthenticationException">Key or password are wrong.</exception>
    /// <exception cref="StoreException">The server cannot be reached; the message contains the reason and the next step.</exception>
    public static async Task<ICdbClient> OpenAsync(RemoteOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        RestConnection rest = new(options);
        try
        {
            RestResponse who = await LogInAsync(rest, options, cancellation).ConfigureAwait(false);
            CdbPath identity = IdentityOf(who);
            if (options.UserName is not null && await OwnKeyAsync(rest, identity, cancellation).ConfigureAwait(false) is { Length: > 0 } key)
            {
                rest.UseKey(key);
            }

            string? version = who.Header(ProtocolHeaders.Version);
            return version is not null
                ? new RemoteClient(rest, options.WithoutLogin(), identity, version)
                : await ConnectorDb03Client.OpenAsync(rest, options.WithoutLogin(), identity, cancellation).ConfigureAwait(false);
        }
        catch
        {
            rest.Dispose();
            throw;
        }
    }

    /// <exception cref="StoreException">Something else than a ConnectorDB server answers.</exception>
    private static async Task<RestResponse> LogInAsync(RestConnection rest, RemoteOptions options, CancellationToken cancellation)
    {
        try
        {
            return await rest.SendAndReadAsync(Who(options.ToString()) with { IsSingleAttempt = true }, cancellation).ConfigureAwait(false);
        }
        catch (CdbException error) when (error is NotFoundException or InvalidValueException)
        {
            throw new StoreException(StoreFault.Failed, $"There is no ConnectorDB server at '{options}': {error.Message} Check the address and the port.", options.ToString(), error);
        }
    }

    public async ValueTask<string> PingAsync(CancellationToken cancellation)
    {
        RestResponse answer = await _rest.SendAndReadAsync(Who(Location), cancellation).ConfigureAwait(false);
        IdentityOf(answer);
        return answer.Header(ProtocolHeaders.Version) ?? Version;
    }

    public async ValueTask<CdbInfo> GetInfoAsync(CancellationToken cancellation) => new()
    {
        Version = await PingAsync(cancellation).ConfigureAwait(false),
        Location = Location,
        Identity = Identity.ToString(),
        Users = await CountOfAsync("users", cancellation).ConfigureAwait(false),
        Devices = await CountOfAsync("devices", cancellation).ConfigureAwait(false),
        Streams = await CountOfAsync("streams", cancellation).ConfigureAwait(false),
        Transforms = (await _rest.SendAndReadAsync(RestRequest.Get("meta/transforms", Location), cancellation).ConfigureAwait(false)).Read(InfoJson.ReadTransforms),
        Interpolators = (await _rest.SendAndReadAsync(RestRequest.Get("meta/interpolators", Location), cancellation).ConfigureAwait(false)).Read(InfoJson.ReadInterpolators),
    };

    public async ValueTask<ISubscription> SubscribeAsync(SubscriptionQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        QueryRange.Check(query);
        RemoteSubscription subscription = await CreateSubscriptionAsync(_socket, query, cancellation).ConfigureAwait(false);
        await _socket.StartAsync(subscription, cancellation).ConfigureAwait(false);
        return subscription;
    }

    public async ValueTask<ICdbClient> ActAsAsync(CdbPath device, CancellationToken cancellation)
    {
        CdbDevice found = await GetDeviceAsync(device, cancellation).ConfigureAwait(false);
        return string.IsNullOrEmpty(found.ApiKey)
            ? throw new PermissionDeniedException($"'{Identity}' may not read the API key of '{device}', or the device has none. Connect with that key.", device)
            : As(_rest.With(found.ApiKey), found.GetPath());
    }

    /// <summary>Creates a subscription that the server does not know yet.</summary>
    private protected virtual ValueTask<RemoteSubscription> CreateSubscriptionAsync(SocketConnection socket, SubscriptionQuery query, CancellationToken cancellation)
        => new(new RemoteSubscription(query, socket, this, Settings));

    /// <summary>A client of the same server with another login.</summary>
    private protected virtual RemoteClient As(RestConnection rest, CdbPath identity) => new(rest, Settings, identity, Version);

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
            return (await _rest.SendAndReadAsync(RestRequest.Get("?q=count" + what, Location), cancellation).ConfigureAwait(false)).Number;
        }
        catch (CdbException error) when (error is PermissionDeniedException or NotFoundException)
        {
            return null;
        }
    }

    private static RestRequest Who(string location) => RestRequest.Get("?q=this", location);

    private static CdbPath IdentityOf(RestResponse answer)
    {
        try
        {
            return CdbPath.Parse(answer.Text);
        }
        catch (InvalidNameException error)
        {
            throw ErrorResponses.Invalid(answer.About, error);
        }
    }

    private static async Task<string?> OwnKeyAsync(RestConnection rest, CdbPath identity, CancellationToken cancellation)
    {
        RestResponse device = await rest.SendAndReadAsync(RestRequest.Get(RestRequest.AddressOf(identity), identity), cancellation).ConfigureAwait(false);
        return device.ReadObject(fields => DeviceJson.Read(fields, identity.Parent!)).ApiKey;
    }
}
