using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using ConnectorDb.Core.Protocol.Datapoints;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Server.Sockets;

/// <summary>
/// A message as a websocket carries it: one final frame of text, which a server does not mask (RFC 6455, section 5.2). Written here and
/// not by the framework's socket, which takes as long for a small message as the kernel does to send it.
/// </summary>
internal static class TextFrame
{
    private const byte FinalText = 0x81;
    private const byte TwoBytesFollow = 126;
    private const byte EightBytesFollow = 127;
    private const int LongestHead = 10;

    /// <summary>The frame lies in the buffer, and holds until that is used again.</summary>
    public static ReadOnlyMemory<byte> Write(ArrayBufferWriter<byte> buffer, SocketMessage message)
    {
        buffer.ResetWrittenCount();
        buffer.GetSpan(LongestHead);
        buffer.Advance(LongestHead);
        using (Utf8JsonWriter writer = new(buffer, DatapointWriter.Options))
        {
            message.WriteTo(writer);
        }

        Memory<byte> written = MemoryMarshal.AsMemory(buffer.WrittenMemory);
        int length = written.Length - LongestHead;
        int start = LongestHead - HeadLength(length);
        WriteHead(written.Span[start..LongestHead], length);
        return written[start..];
    }

    private static int HeadLength(int length) => length switch
    {
        < TwoBytesFollow => 2,
        <= ushort.MaxValue => 4,
        _ => LongestHead,
    };

    private static void WriteHead(Span<byte> head, int length)
    {
        head[0] = FinalText;
        switch (head.Length)
        {
            case 2:
                head[1] = (byte)length;
                break;
            case 4:
                head[1] = TwoBytesFollow;
                BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)length);
                break;
            default:
                head[1] = EightBytesFollow;
                BinaryPrimitives.WriteInt64BigEndian(head[2..], length);
                break;
        }
    }
}
