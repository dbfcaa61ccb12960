using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>
/// Splits zigzag-encoded numbers into a stream for each byte, the highest first, each compressed where that pays (as
/// BYTE_STREAM_SPLIT of Parquet). Low bytes that are noise are stored number by number.
/// </summary>
internal static class ByteStreamSplit
{
    private const int MostBytes = sizeof(ulong);

    /// <param name="writer">The target.</param>
    /// <param name="folded">The numbers.</param>
    /// <param name="all">The bitwise or of the numbers.</param>
    public static void Write(ByteWriter writer, ReadOnlySpan<long> folded, ulong all)
    {
        int bytes = MostBytes - (BitOperations.LeadingZeroCount(all) / 8);
        writer.Byte((byte)bytes);
        int noiseAt = writer.Length;
        writer.Byte(0);

        using RentedArray<byte> plane = new(folded.Length);
        Span<int> starts = stackalloc int[MostBytes];
        int noise = 0;
        for (int at = bytes - 1; at >= 0; at--)
        {
            starts[at] = writer.Length;
            BytePlane.Extract(folded, at, plane.Span);
            noise = ByteBlock.Write(writer, plane.Span) ? 0 : noise + 1;
        }

        if (noise > 0)
        {
            writer.Rewind(starts[noise - 1]);
            WriteNoise(writer, folded, noise);
            writer.Patch(noiseAt, (byte)noise);
        }
    }

    public static void Read(ref ByteReader reader, Span<long> folded)
    {
        (int bytes, int noise) = ReadHead(ref reader);
        using RentedArray<byte> planes = new((bytes - noise) * folded.Length);
        for (int at = bytes - 1; at >= noise; at--)
        {
            ByteBlock.Read(ref reader, planes.Span.Slice((at - noise) * folded.Length, folded.Length));
        }

        ReadNoise(reader.Bytes(noise * folded.Length), noise, folded);
        for (int at = noise; at < bytes; at++)
        {
            BytePlane.Insert(planes.Span.Slice((at - noise) * folded.Length, folded.Length), at, folded);
        }
    }

    /// <summary>Reads only the selected numbers. Compressed streams are decoded as a whole, but most bytes are noise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(ref ByteReader reader, SelectionVector selection, Span<long> folded)
    {
        (int bytes, int noise) = ReadHead(ref reader);
        using RentedArray<byte> plane = new(selection.RowCount);
        folded.Clear();
        for (int at = bytes - 1; at >= noise; at--)
        {
            ByteBlock.Read(ref reader, plane.Span);
            for (int i = 0; i < folded.Length; i++)
            {
                folded[i] |= (long)plane.Span[selection.Positions[i]] << (8 * at);
            }
        }

        ReadOnlySpan<byte> low = reader.Bytes(noise * selection.RowCount);
        for (int i = 0; i < folded.Length; i++)
        {
            ReadOnlySpan<byte> own = low.Slice(noise * selection.Positions[i], noise);
            for (int at = 0; at < own.Length; at++)
            {
                folded[i] |= (long)own[at] << (8 * at);
            }
        }
    }

    /// <summary>Passes over <paramref name="count"/> numbers without decoding them.</summary>
    public static void Skip(ref ByteReader reader, int count)
    {
        (int bytes, int noise) = ReadHead(ref reader);
        for (int at = noise; at < bytes; at++)
        {
            ByteBlock.Skip(ref reader, count);
        }

        reader.Bytes(noise * count);
    }

    private static (int Bytes, int Noise) ReadHead(ref ByteReader reader)
    {
        int bytes = reader.Byte();
        int noise = reader.Byte();
        return bytes <= MostBytes && noise <= bytes ? (bytes, noise) : throw ByteReader.Damaged($"numbers cannot have {noise} of {bytes} bytes");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteNoise(ByteWriter writer, ReadOnlySpan<long> folded, int width)
    {
        Span<byte> bytes = writer.GetSpan((width * folded.Length) + sizeof(ulong));
        for (int i = 0; i < folded.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes[(i * width)..], folded[i]);
        }

        writer.Advance(width * folded.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadNoise(ReadOnlySpan<byte> bytes, int width, Span<long> folded)
    {
        if (width == 0)
        {
            folded.Clear();
            return;
        }

        ulong mask = ulong.MaxValue >> (64 - (width * 8));
        int i = 0;
        for (; (i * width) + sizeof(ulong) <= bytes.Length; i++)
        {
            folded[i] = (long)(BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * width)..]) & mask);
        }

        Span<byte> end = stackalloc byte[sizeof(ulong)];
        for (; i < folded.Length; i++)
        {
            end.Clear();
            bytes.Slice(i * width, width).CopyTo(end);
            folded[i] = (long)BinaryPrimitives.ReadUInt64LittleEndian(end);
        }
    }
}
