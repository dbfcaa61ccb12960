using System.Buffers;
using System.Runtime.CompilerServices;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Server.WebSockets;

/// <summary>A cache of recently encoded frames, so that the subscribers of one stream share one encoding of each message.</summary>
internal sealed class RecentFrames
{
    private const int Slots = 64;
    private const int MaxFrameBytes = 4096;
    private readonly Entry?[] _entries = new Entry?[Slots];

    /// <summary>The frame of a message; valid until the buffer is used again.</summary>
    public ReadOnlyMemory<byte> Of(SocketMessage message, ArrayBufferWriter<byte> buffer)
    {
        // Subscribers of one stream get the same block object, so its identity selects the slot; the comparison of the whole message decides.
        ref Entry? slot = ref _entries[(uint)RuntimeHelpers.GetHashCode(message.Data) % Slots];
        if (Volatile.Read(ref slot) is { } entry && entry.Message == message)
        {
            return entry.Frame;
        }

        ReadOnlyMemory<byte> frame = TextFrame.Write(buffer, message);
        if (frame.Length <= MaxFrameBytes)
        {
            Volatile.Write(ref slot, new Entry(message, frame.ToArray()));
        }

        return frame;
    }

    private sealed record Entry(SocketMessage Message, ReadOnlyMemory<byte> Frame);
}
