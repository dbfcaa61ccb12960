using System.Buffers.Binary;
using System.Text;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Storage.Segments;

/// <summary>The checksum of a segment: over everything in it, each piece of bytes led by its length.</summary>
internal static class SegmentChecksum
{
    public static uint Of(EncodedSegment segment)
    {
        Crc32C crc = new();
        Add(ref crc, segment.Count);
        Add(ref crc, BitsOf(segment.FirstT));
        Add(ref crc, BitsOf(segment.LastT));
        Add(ref crc, segment.TimeCodec);
        Add(ref crc, segment.Times);
        Add(ref crc, segment.ValueCodec);
        Add(ref crc, segment.Values);
        Add(ref crc, segment.Origins ?? []);
        if (segment.Numbers is { } numbers)
        {
            Add(ref crc, numbers.Count);
            Add(ref crc, BitsOf(numbers.Sum));
            Add(ref crc, BitsOf(numbers.Minimum));
            Add(ref crc, BitsOf(numbers.Maximum));
            if (numbers.Rest is { } rest)
            {
                Add(ref crc, BitsOf(rest));
            }
        }

        return crc.Value;
    }

    /// <summary>Minus zero counts as zero, and NaN as NaN: a database may not keep the difference.</summary>
    private static long BitsOf(double number)
        => BitConverter.DoubleToInt64Bits(double.IsNaN(number) ? double.NaN : number + 0.0);

    private static void Add(ref Crc32C crc, string codec)
    {
        Span<byte> name = stackalloc byte[codec.Length];
        Encoding.ASCII.GetBytes(codec, name);
        Add(ref crc, name);
    }

    private static void Add(ref Crc32C crc, ReadOnlySpan<byte> piece)
    {
        Add(ref crc, piece.Length);
        crc.Add(piece);
    }

    private static void Add(ref Crc32C crc, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        crc.Add(bytes);
    }
}
