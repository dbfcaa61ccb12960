using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote.Http;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Core.Client.Remote.Sockets;

/// <summary>
/// The one websocket of a client, opened at the first subscription. When it breaks it is opened again, after growing pauses, and
/// every subscription is made anew; what was missed meanwhile each fetches by index.
/// </summary>
internal sealed class SocketConnection : IAsyncDisposable
{
    private static readonly TimeSpan s_pulse = TimeSpan.FromSeconds(30);
    private readonly RestConnection _rest;
    private readonly ICdbClient _client;
    private readonly RemoteOptions _settings;
    private readonly bool _isOriginal;
    private readonly ConcurrentDictionary<long, RemoteSubscription> _subscriptions = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private ClientWebSocket? _socket;
    private Task _running = Task.CompletedTask;
    private long _lastId;

    public SocketConnection(RestConnection rest, ICdbClient client, RemoteOptions settings, bool isOriginal)
    {
        _rest = rest;
        _client = client;
        _isOriginal = isOriginal;
        _settings = settings;
    }

    /// <inheritdoc cref="ICdbClient.SubscribeAsync"/>
    public async ValueTask<ISubscription> SubscribeAsync(SubscriptionQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        if (query.FromIndex < 0)
        {
            throw new InvalidRangeException($"A subscription to '{query.Stream}' cannot begin at index {query.FromIndex}. Count from the start of the stream, or leave the index out to begin with what comes next.", query.Stream);
        }

        bool isPassing = _isOriginal && await OriginalSubscription.CheckAsync(query, _client, cancellation).ConfigureAwait(false);
        RemoteSubscription subscription = new(Interlocked.Increment(ref _lastId), query, this, _client, _settings, _isOriginal, isPassing);
        try
        {
            await EnterAsync(subscription, cancellation).ConfigureAwait(false);
            await subscription.AcceptedAsync(cancellation).ConfigureAwait(false);
            return subscription;
        }
        catch (TimeoutException error)
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
            throw Unreached.Because(error, _rest.Root);
        }
        catch
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes the subscription out, and tells the server if it can be told.</summary>
    public async ValueTask LeaveAsync(RemoteSubscription subscription)
    {
        bool isLast = _subscriptions.TryRemove(subscription.Id, out _)
            && (!_isOriginal || !_subscriptions.Values.Any(other => other.IsFedLike(subscription)));
        if (isLast && _socket is { State: WebSocketState.Open } socket && !_closing.IsCancellationRequested)
        {
            await _gate.WaitAsync().ConfigureAwait(false);
            try
            {
                await SendAsync(socket, subscription.Command(SocketCommand.Unsubscribe), _closing.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (Unreached.Is(error) || error is OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // It is broken, and so is the subscription.
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
            subscription.Fail(new StoreException(StoreFault.Closed, $"The connection to '{_settings}' is closed; open another with Connect-Cdb.", _settings.ToString()));
        }

        _socket?.Dispose();
        _closing.Dispose();
        _gate.Dispose();
    }

    private async Task EnterAsync(RemoteSubscription subscription, CancellationToken cancellation)
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
        catch (Exception error) when (Unreached.Is(error))
        {
            throw Unreached.Because(error, _rest.Root);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task RunAsync()
    {
        using ITimer pulse = _settings.Time.CreateTimer(_ => WakeAll(), null, s_pulse, s_pulse);
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
            catch (Exception error) when (Unreached.Is(error))
            {
                // It is opened again below.
            }

            do
            {
                await _rest.PauseAsync(++failures, null, _closing.Token).ConfigureAwait(false);
            }
            while (!await TryReopenAsync().ConfigureAwait(false));
        }
    }

    /// <summary>Opens it anew, with all subscriptions; false while the server cannot be reached, or lets nobody in.</summary>
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

            return true;
        }
        catch (AuthenticationException error)
        {
            foreach (RemoteSubscription subscription in _subscriptions.Values)
            {
                subscription.Fail(error);
            }

            return false;
        }
        catch (Exception error) when (Unreached.Is(error) || error is CdbException)
        {
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
            throw new TimeoutException($"no websocket within {_settings.Timeout.TotalSeconds:0.#} seconds.");
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
        HttpStatusCode.Unauthorized => new AuthenticationException($"'{_settings}' does not know this login any more. Connect again.", _settings.ToString()),
        HttpStatusCode.Forbidden => new PermissionDeniedException($"'{_settings}' does not let this device subscribe.", _settings.ToString()),
        HttpStatusCode.NotFound => new StoreException(StoreFault.Failed, $"'{_settings}' has no websocket: a proxy on the way may not let it through.", _settings.ToString(), error),
        _ => error.InnerException is { } inner && Unreached.Is(inner) ? inner : error,
    };

    private static async Task SendAsync(ClientWebSocket socket, SocketCommand command, CancellationToken cancellation)
        => await socket.SendAsync(RestRequest.Json(command.WriteTo), WebSocketMessageType.Text, true, cancellation).ConfigureAwait(false);

    private void Deliver(SocketMessage message)
    {
        foreach (RemoteSubscription subscription in _subscriptions.Values)
        {
            if (message.Id is { } id ? id == subscription.Id : subscription.IsFedBy(message))
            {
                subscription.Take(message);
            }
        }
    }

    /// <summary>A connection may die without a word: each subscription looks by itself from time to time.</summary>
    private void WakeAll()
    {
        foreach (RemoteSubscription subscription in _subscriptions.Values)
        {
            subscription.LookAgain();
        }
    }
}
