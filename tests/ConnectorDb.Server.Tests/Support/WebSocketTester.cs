using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace ConnectorDb.Server.Tests.Support;

/// <summary>A websocket client of the server that sends text and receives JSON.</summary>
internal sealed class WebSocketTester : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private readonly Queue<JsonElement> _early = new();
    private byte[] _buffer = new byte[1 << 16];

    private WebSocketTester(ClientWebSocket socket) => Socket = socket;

    public ClientWebSocket Socket { get; }

    public static Task<WebSocketTester> OpenAsync(RunningServer server) => OpenAsync(server, server.OwnerKey);

    public static async Task<WebSocketTester> OpenAsync(RunningServer server, string? apiKey, Action<ClientWebSocketOptions>? adapt = null)
    {
        ClientWebSocket socket = new();
        socket.Options.CollectHttpResponseDetails = true;
        if (apiKey is not null)
        {
            socket.Options.SetRequestHeader("Authorization", RunningServer.Basic("", apiKey).ToString());
        }

        adapt?.Invoke(socket.Options);
        WebSocketTester tester = new(socket);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/api/v1/websocket"), CancellationToken.None).WaitAsync(s_patience);
            return tester;
        }
        catch (WebSocketException error)
        {
            tester.Dispose();
            throw new HttpRequestException(error.Message, error, socket.HttpStatusCode);
        }
    }

    public Task SendAsync(string text) => Socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The next message that <see cref="AskAsync"/> did not return.</summary>
    public async Task<JsonElement> ReceiveAsync() => _early.TryDequeue(out JsonElement early) ? early : await ReadAsync();

    private async Task<JsonElement> ReadAsync()
    {
        using CancellationTokenSource patience = new(s_patience);
        int length = 0;
        ValueWebSocketReceiveResult result;
        do
        {
            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, length * 2);
            }

            result = await Socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            length += result.Count;
        }
        while (!result.EndOfMessage);

        return result.MessageType == WebSocketMessageType.Close
            ? throw new EndOfStreamException($"The server closed the websocket: {Socket.CloseStatus} {Socket.CloseStatusDescription}")
            : JsonDocument.Parse(_buffer.AsMemory(0, length)).RootElement.Clone();
    }

    /// <summary>Sends a command and returns the answer.</summary>
    /// <remarks>Datapoints of a subscription may arrive before the answer to the insert that caused them.</remarks>
    public async Task<JsonElement> AskAsync(string command)
    {
        await SendAsync(command);
        JsonElement message = await ReadAsync();
        while (message.GetProperty("stream").GetString() != "")
        {
            _early.Enqueue(message);
            message = await ReadAsync();
        }

        return message;
    }

    /// <summary>Sends a command that must succeed.</summary>
    public async Task<JsonElement> DoAsync(string command)
    {
        JsonElement answer = await AskAsync(command);
        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.ToString());
        return answer;
    }

    /// <summary>Sends a command that must be refused, and returns the error.</summary>
    public async Task<JsonElement> RefusedAsync(string command)
    {
        JsonElement answer = await AskAsync(command);
        Assert.False(answer.GetProperty("ok").GetBoolean(), answer.ToString());
        return answer.GetProperty("error");
    }

    public void Dispose() => Socket.Dispose();
}
