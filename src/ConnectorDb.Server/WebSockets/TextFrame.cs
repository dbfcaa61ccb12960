using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using ConnectorDb.Core.Protocol.Datapoints;
using ConnectorDb.Core.Protocol.Sockets;

namespace ConnectorDb.Server.WebSockets;

/// <summary>Encodes a message as one final, unmasked text frame (RFC 6455, section 5.2).</summary>
/// <remarks>The send path of the framework's socket costs as much processor time for a small message as the kernel needs to send it; see docs/design/040.</remarks>
internal static class TextFrame
{
    private const byte FinalText = 0x81;
    private const byte TwoBytesFollow = 126;
    private const byte EightBytesFollow = 127;
    private const int MaxHeaderBytes = 10;

    /// <summary>Encodes into the buffer; the frame is valid until the buffer is used again.</summary>
    public static ReadOnlyMemory<byte> Write(ArrayBufferWriter<byte> buffer, SocketMessage message)
    {
        // The length of the header follows from that of the text, so the text is written behind the longest possible header first.
        buffer.ResetWrittenCount();
        buffer.GetSpan(MaxHeaderBytes);
        buffer.Advance(MaxHeaderBytes);
        using (Utf8JsonWriter writer = new(buffer, DatapointWriter.Options))
        {
            message.WriteTo(writer);
        }

        Memory<byte> written = MemoryMarshal.AsMemory(buffer.WrittenMemory);
        int length = written.Length - MaxHeaderBytes;
        int start = MaxHeaderBytes - HeaderLength(length);
        WriteHeader(written.Span[start..MaxHeaderBytes], length);
        return written[start..];
    }

    private static int HeaderLength(int length) => length switch
    {
        < TwoBytesFollow => 2,
        <= ushort.MaxValue => 4,
        _ => MaxHeaderBytes,
    };

    private static void WriteHeader(Span<byte> header, int length)
    {
        header[0] = FinalText;
        switch (header.Length)
        {
            case 2:
                header[1] = (byte)length;
                break;
            case 4:
                header[1] = TwoBytesFollow;
                BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)length);
                break;
            default:
                header[1] = EightBytesFollow;
                BinaryPrimitives.WriteInt64BigEndian(header[2..], length);
                break;
        }
    }
}
