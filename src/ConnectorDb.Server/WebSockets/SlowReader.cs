using System.Buffers.Binary;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using ConnectorDb.Server.Metrics;

namespace ConnectorDb.Server.WebSockets;

/// <summary>Closes the websocket of a client that does not read, and tells it the reason.</summary>
/// <remarks>
/// A message waits in the output of the connection, which holds 64 KiB, until the client reads. Further messages are not made before that, so a
/// slow client costs no more memory; but its connection and subscriptions would stay for ever.
/// </remarks>
internal sealed class SlowReader(HttpContext context, TimeSpan patience, ServerMetrics metrics, TimeProvider time)
{
    private const byte FinalClose = 0x88;

    /// <summary>Time for the client to read the bytes on the way, and the reason after them.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);

    /// <summary>Waits until the client has read enough. Returns false when it has not, and the websocket is closed.</summary>
    public async ValueTask<bool> WaitAsync(ValueTask writing, KeepAliveStream stream)
    {
        Task written = writing.AsTask();
        try
        {
            await written.WaitAsync(patience, time);
            return true;
        }
        catch (TimeoutException)
        {
            metrics.AddSlowReader();
            await CloseAsync(stream);
            return false;
        }
    }

    private async Task CloseAsync(KeepAliveStream stream)
    {
        try
        {
            _ = stream.WriteLastAsync(CloseFrame(), context.RequestAborted);
            await Task.Delay(s_grace, time, context.RequestAborted);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client has left.
        }

        context.Abort();
    }

    /// <summary>A close frame (RFC 6455, section 5.5.1); its reason may have 123 bytes.</summary>
    private byte[] CloseFrame()
    {
        string reason = string.Create(CultureInfo.InvariantCulture, $"Nothing was read for {SecondsText.Of(patience.TotalSeconds)} (--reader-patience). Subscribe again from the last index.");
        byte[] frame = new byte[4 + reason.Length];
        frame[0] = FinalClose;
        frame[1] = (byte)(2 + reason.Length);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)WebSocketCloseStatus.PolicyViolation);
        Encoding.ASCII.GetBytes(reason, frame.AsSpan(4));
        return frame;
    }
}
