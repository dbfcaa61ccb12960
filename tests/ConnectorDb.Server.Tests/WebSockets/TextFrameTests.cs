using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using ConnectorDb.Core.Protocol.Sockets;
using ConnectorDb.Server.WebSockets;

namespace ConnectorDb.Server.Tests.WebSockets;

public sealed class TextFrameTests
{
    private static readonly int s_lengthAround = Encoding.UTF8.GetByteCount("""{"stream":""}""");

    /// <summary>The lengths at which the frame header grows.</summary>
    [Theory]
    [InlineData(13)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    public async Task A_frame_of_any_length_is_read_by_a_websocket(int length)
    {
        SocketMessage message = new() { Stream = new string('x', length - s_lengthAround) };
        ArrayBufferWriter<byte> buffer = new();
        TextFrame.Write(buffer, new SocketMessage { Stream = "written there before" });

        (WebSocketMessageType type, string text) = await ReadAsync(TextFrame.Write(buffer, message));

        Assert.Equal(WebSocketMessageType.Text, type);
        Assert.Equal(length, text.Length);
        Assert.Equal(message, SocketMessage.Read(Encoding.UTF8.GetBytes(text)));
    }

    private static async Task<(WebSocketMessageType Type, string Text)> ReadAsync(ReadOnlyMemory<byte> frame)
    {
        using MemoryStream stream = new(frame.ToArray());
        using WebSocket socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = false });
        using MemoryStream text = new();
        byte[] buffer = new byte[4096];
        ValueWebSocketReceiveResult result;
        do
        {
            result = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            text.Write(buffer, 0, result.Count);
        }
        while (!result.EndOfMessage);

        Assert.Equal(frame.Length, stream.Position);
        return (result.MessageType, Encoding.UTF8.GetString(text.ToArray()));
    }
}
