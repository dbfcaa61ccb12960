using ZstdSharp;
using ZstdSharp.Unsafe;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>Zstandard (RFC 8878), with contexts kept per thread because making one costs more than a segment.</summary>
internal static class Zstandard
{
    private const int Level = 1;
    private const int FirstRoom = 1 << 20;

    [ThreadStatic]
    private static Compressor? s_compressor;

    [ThreadStatic]
    private static Decompressor? s_decompressor;

    /// <summary>Compresses into <paramref name="room"/>; false when it is too small.</summary>
    public static bool TryCompress(ReadOnlySpan<byte> bytes, Span<byte> room, out int length)
        => (s_compressor ??= MakeCompressor()).TryWrap(bytes, room, out length);

    /// <summary>Fills the room exactly.</summary>
    /// <exception cref="InvalidDataException">The frame is damaged or of another length.</exception>
    public static void Decompress(ReadOnlySpan<byte> frame, Span<byte> room)
    {
        try
        {
            if (!(s_decompressor ??= new Decompressor()).TryUnwrap(frame, room, out int written) || written != room.Length)
            {
                throw ByteReader.Damaged("a compressed piece has another length than it should");
            }
        }
        catch (ZstdException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    /// <summary>Decompresses bytes of a claimed length; memory grows only with the bytes that are really there.</summary>
    /// <exception cref="InvalidDataException">The frame is damaged or of another length.</exception>
    public static byte[] Decompress(ReadOnlySpan<byte> frame, int length)
    {
        byte[] bytes = new byte[Math.Min(length, FirstRoom)];
        try
        {
            using Decompressor decompressor = new();
            for (int filled = 0; ;)
            {
                decompressor.UnwrapStream(frame, bytes.AsSpan(filled), out int consumed, out int written);
                frame = frame[consumed..];
                filled += written;
                if (filled == length)
                {
                    return bytes;
                }

                if (consumed + written == 0)
                {
                    throw ByteReader.Damaged("a compressed piece is shorter than it should be");
                }

                if (filled == bytes.Length)
                {
                    Array.Resize(ref bytes, (int)Math.Min(2L * bytes.Length, length));
                }
            }
        }
        catch (ZstdException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    private static Compressor MakeCompressor()
    {
        Compressor compressor = new(Level);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_contentSizeFlag, 0);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_minMatch, 7);
        return compressor;
    }
}
