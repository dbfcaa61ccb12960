using System.Buffers;
using System.Runtime.CompilerServices;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Server.Sockets;

/// <summary>
/// The frames that were written last. Who is subscribed to the same stream is sent the same datapoints, and finds here what was written
/// for the first.
/// </summary>
internal sealed class RecentFrames
{
    private const int Places = 64;
    private const int LongestKept = 4096;
    private readonly Kept?[] _kept = new Kept?[Places];

    /// <summary>The frame holds until the buffer is used again.</summary>
    public ReadOnlyMemory<byte> Of(SocketMessage message, ArrayBufferWriter<byte> buffer)
    {
        ref Kept? place = ref _kept[(uint)RuntimeHelpers.GetHashCode(message.Data) % Places];
        if (Volatile.Read(ref place) is { } kept && kept.Message == message)
        {
            return kept.Frame;
        }

        ReadOnlyMemory<byte> frame = TextFrame.Write(buffer, message);
        if (frame.Length <= LongestKept)
        {
            Volatile.Write(ref place, new Kept(message, frame.ToArray()));
        }

        return frame;
    }

    private sealed record Kept(SocketMessage Message, ReadOnlyMemory<byte> Frame);
}
