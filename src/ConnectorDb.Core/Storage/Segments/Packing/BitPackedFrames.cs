using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>
/// Packs zigzag-encoded numbers in frames of 256, each with the bit width of its largest number: one byte for the width, then the
/// bits, lowest first. A width above 56 is written as 64.
/// </summary>
internal static class BitPackedFrames
{
    private const int FrameLength = 256;
    private const int WidestPacked = 56;
    private const int Whole = 64;

    /// <summary>The bytes <see cref="Write"/> will need.</summary>
    public static int Size(ReadOnlySpan<long> folded)
    {
        int bytes = 0;
        for (; !folded.IsEmpty; folded = folded[Math.Min(FrameLength, folded.Length)..])
        {
            ReadOnlySpan<long> frame = folded[..Math.Min(FrameLength, folded.Length)];
            bytes += 1 + ByteCount(frame.Length, WidthOf(frame));
        }

        return bytes;
    }

    public static void Write(ByteWriter writer, ReadOnlySpan<long> folded)
    {
        for (; !folded.IsEmpty; folded = folded[Math.Min(FrameLength, folded.Length)..])
        {
            ReadOnlySpan<long> frame = folded[..Math.Min(FrameLength, folded.Length)];
            int width = WidthOf(frame);
            int size = ByteCount(frame.Length, width);
            writer.Byte((byte)width);
            Span<byte> bytes = writer.GetSpan(size + sizeof(ulong));
            Pack(frame, width, bytes);
            writer.Advance(size);
        }
    }

    public static void Read(ref ByteReader reader, Span<long> folded)
    {
        for (; !folded.IsEmpty; folded = folded[Math.Min(FrameLength, folded.Length)..])
        {
            Span<long> frame = folded[..Math.Min(FrameLength, folded.Length)];
            int width = ReadWidth(ref reader);
            Unpack(reader.Bytes(ByteCount(frame.Length, width)), width, frame);
        }
    }

    /// <summary>Passes over <paramref name="count"/> numbers without decoding them.</summary>
    public static void Skip(ref ByteReader reader, int count)
    {
        for (; count > 0; count -= FrameLength)
        {
            reader.Bytes(ByteCount(Math.Min(FrameLength, count), ReadWidth(ref reader)));
        }
    }

    private static int ReadWidth(ref ByteReader reader)
    {
        int width = reader.Byte();
        return width is <= WidestPacked or Whole ? width : throw ByteReader.Damaged($"numbers cannot be {CountText.Of(width, "bit")} wide");
    }

    private static int ByteCount(int numbers, int width) => ((numbers * width) + 7) / 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int WidthOf(ReadOnlySpan<long> frame)
    {
        long all = 0;
        foreach (long number in frame)
        {
            all |= number;
        }

        int width = Whole - BitOperations.LeadingZeroCount((ulong)all);
        return width > WidestPacked ? Whole : width;
    }

    /// <summary>Needs eight bytes of room behind the last bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(ReadOnlySpan<long> frame, int width, Span<byte> bytes)
    {
        ulong pending = 0;
        int bits = 0;
        foreach (long number in frame)
        {
            pending |= (ulong)number << bits;
            bits += width;
            if (bits >= Whole)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, pending);
                bytes = bytes[sizeof(ulong)..];
                bits -= Whole;
                pending = bits == 0 ? 0 : (ulong)number >> (width - bits);
            }
        }

        BinaryPrimitives.WriteUInt64LittleEndian(bytes, pending);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Unpack(ReadOnlySpan<byte> bytes, int width, Span<long> frame)
    {
        if (width == 0)
        {
            frame.Clear();
            return;
        }

        ulong mask = ulong.MaxValue >> (Whole - width);
        int safe = Math.Clamp(((bytes.Length - sizeof(ulong)) * 8 / width) + 1, 0, frame.Length);
        safe = bytes.Length < sizeof(ulong) ? 0 : safe;
        for (int i = 0, bit = 0; i < safe; i++, bit += width)
        {
            frame[i] = (long)((BinaryPrimitives.ReadUInt64LittleEndian(bytes[(bit >> 3)..]) >> (bit & 7)) & mask);
        }

        Span<byte> end = stackalloc byte[2 * sizeof(ulong)];
        for (int i = safe; i < frame.Length; i++)
        {
            int bit = i * width;
            ReadOnlySpan<byte> rest = bytes[(bit >> 3)..];
            end.Clear();
            rest[..Math.Min(rest.Length, sizeof(ulong))].CopyTo(end);
            frame[i] = (long)((BinaryPrimitives.ReadUInt64LittleEndian(end) >> (bit & 7)) & mask);
        }
    }
}
