using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Core.Client.Remote.Sockets;

/// <summary>The websocket of a client, shared by its subscriptions and opened by the first one.</summary>
/// <remarks>
/// When the connection breaks, it is opened again with growing pauses and all subscribe commands are sent again. Each subscription then
/// reads the datapoints in between by index.
/// </remarks>
internal sealed class SocketConnection : IAsyncDisposable
{
    private static readonly TimeSpan s_checkInterval = TimeSpan.FromSeconds(30);
    private readonly RestConnection _rest;
    private readonly RemoteOptions _settings;
    private readonly ConcurrentDictionary<long, RemoteSubscription> _subscriptions = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private ClientWebSocket? _socket;
    private Task _running = Task.CompletedTask;
    private long _lastId;
    private volatile CdbException? _interruption;

    public SocketConnection(RestConnection rest, RemoteOptions settings)
    {
        _rest = rest;
        _settings = settings;
    }

    /// <summary>Why the websocket is not open, while it is tried again; null otherwise.</summary>
    public CdbException? Interruption => _interruption;

    public long NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>Subscribes at the server, and waits until it has accepted.</summary>
    public async Task StartAsync(RemoteSubscription subscription, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        try
        {
            await SendSubscribeAsync(subscription, cancellation).ConfigureAwait(false);
            await subscription.WaitForAcceptanceAsync(cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
            throw ConnectionErrors.ToException(error, _rest.Root);
        }
        catch
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Removes the subscription, and unsubscribes at the server if it can be reached.</summary>
    public async ValueTask EndAsync(RemoteSubscription subscription)
    {
        bool isUnused = _subscriptions.TryRemove(subscription.Id, out _)
            && !_subscriptions.Values.Any(subscription.SharesCommand);
        if (isUnused && _socket is { State: WebSocketState.Open } socket && !_closing.IsCancellationRequested)
        {
            await _gate.WaitAsync().ConfigureAwait(false);
            try
            {
                await SendAsync(socket, subscription.Command(SocketCommand.Unsubscribe), _closing.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (ConnectionErrors.Is(error) || error is OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // A broken connection has ended the subscription at the server.
            }
            finally
            {
                _gate.Release();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (RemoteSubscription subscription in _subscriptions.Values)
        {
            subscription.Fail(new StoreException(StoreFault.Closed, $"The connection to '{_settings}' was closed. Open another one with Connect-Cdb.", _settings.ToString()));
        }

        _socket?.Dispose();
        _closing.Dispose();
        _gate.Dispose();
    }

    private async Task SendSubscribeAsync(RemoteSubscription subscription, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _subscriptions[subscription.Id] = subscription;
            if (_socket is null)
            {
                _socket = await OpenAsync(cancellation).ConfigureAwait(false);
                await SendAsync(_socket, subscription.Command(SocketCommand.Subscribe), cancellation).ConfigureAwait(false);
                _running = Task.Run(RunAsync, CancellationToken.None);
            }
            else if (_socket.State == WebSocketState.Open)
            {
                await SendAsync(_socket, subscription.Command(SocketCommand.Subscribe), cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (ConnectionErrors.Is(error))
        {
            throw ConnectionErrors.ToException(error, _rest.Root);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task RunAsync()
    {
        using ITimer timer = _settings.Time.CreateTimer(_ => CheckAll(), null, s_checkInterval, s_checkInterval);
        int failures = 0;
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await foreach (SocketMessage message in SocketMessages.ReadAsync(_socket!, _closing.Token).ConfigureAwait(false))
                {
                    failures = 0;
                    Deliver(message);
                }
            }
            catch (Exception error) when (ConnectionErrors.Is(error))
            {
                // The connection is opened again below.
            }

            _interruption = new StoreException(StoreFault.Unreachable, $"'{_settings}' ended the connection. It is opened again when the server responds.", _settings.ToString());
            do
            {
                await _rest.PauseAsync(++failures, null, _closing.Token).ConfigureAwait(false);
            }
            while (!await TryReopenAsync().ConfigureAwait(false));
        }
    }

    /// <summary>Opens the websocket again with all subscriptions; false while the server cannot be reached or rejects the login.</summary>
    private async Task<bool> TryReopenAsync()
    {
        await _gate.WaitAsync(_closing.Token).ConfigureAwait(false);
        try
        {
            _socket!.Dispose();
            _socket = await OpenAsync(_closing.Token).ConfigureAwait(false);
            foreach (RemoteSubscription subscription in _subscriptions.Values)
            {
                await SendAsync(_socket, subscription.Command(SocketCommand.Subscribe), _closing.Token).ConfigureAwait(false);
            }

            _interruption = null;
            return true;
        }
        catch (AuthenticationException error)
        {
            _interruption = error;
            foreach (RemoteSubscription subscription in _subscriptions.Values)
            {
                subscription.Fail(error);
            }

            return false;
        }
        catch (Exception error) when (ConnectionErrors.Is(error) || error is CdbException)
        {
            _interruption = error as CdbException ?? ConnectionErrors.ToException(error, _rest.Root);
            return false;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<ClientWebSocket> OpenAsync(CancellationToken cancellation)
    {
        ClientWebSocket socket = new();
        socket.Options.CollectHttpResponseDetails = true;
        if (_rest.Authorization is { } login)
        {
            socket.Options.SetRequestHeader("Authorization", login.ToString());
        }

        socket.Options.SetRequestHeader(ProtocolHeaders.Client, CdbEngine.Version);
        UriBuilder address = new(new Uri(_rest.Root, "websocket"));
        address.Scheme = address.Scheme == "https" ? "wss" : "ws";
        using CancellationTokenSource silence = new(_settings.Timeout, _settings.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellation);
        try
        {
            await socket.ConnectAsync(address.Uri, _rest.Http, either.Token).ConfigureAwait(false);
            return socket;
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TimeoutException($"no websocket within {SecondsText.Of(_settings.Timeout.TotalSeconds)}.");
        }
        catch (WebSocketException error)
        {
            using (socket)
            {
                throw Refusal(socket.HttpStatusCode, error);
            }
        }
    }

    private Exception Refusal(HttpStatusCode status, WebSocketException error) => status switch
    {
        HttpStatusCode.Unauthorized => new AuthenticationException($"'{_settings}' no longer accepts this login. Connect again.", _settings.ToString()),
        HttpStatusCode.Forbidden => new PermissionDeniedException($"'{_settings}' does not allow this device to subscribe.", _settings.ToString()),
        HttpStatusCode.NotFound => new StoreException(StoreFault.Failed, $"'{_settings}' has no websocket. A proxy may block it.", _settings.ToString(), error),
        _ => error.InnerException is { } inner && ConnectionErrors.Is(inner) ? inner : error,
    };

    private static async Task SendAsync(ClientWebSocket socket, SocketCommand command, CancellationToken cancellation)
        => await socket.SendAsync(RestRequest.Json(command.WriteTo), WebSocketMessageType.Text, true, cancellation).ConfigureAwait(false);

    private void Deliver(SocketMessage message)
    {
        foreach (RemoteSubscription subscription in _subscriptions.Values)
        {
            if (subscription.Matches(message))
            {
                subscription.Receive(message);
            }
        }
    }

    /// <summary>Makes all subscriptions read on by index, because a dead connection may not be noticed.</summary>
    private void CheckAll()
    {
        foreach (RemoteSubscription subscription in _subscriptions.Values)
        {
            subscription.CheckForMore();
        }
    }
}
