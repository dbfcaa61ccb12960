using System.Numerics;
using System.Runtime.CompilerServices;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>
/// The frequency of each byte value in parts of 2^11; a value that occurs has at least one part. The format is the first and the
/// last value that occur, then for each value between them four bits for the bit length of its parts, and those bits without the
/// leading one.
/// </summary>
internal static class RansFrequencies
{
    public const int Symbols = 256;
    public const int WholeBits = 11;
    public const int Whole = 1 << WholeBits;

    private const int LengthBits = 4;

    /// <summary>Scales counts, at least two of which are not 0, to parts.</summary>
    public static void Scale(ReadOnlySpan<int> counts, Span<int> parts)
    {
        long total = 0;
        foreach (int count in counts)
        {
            total += count;
        }

        int left = Whole;
        for (int symbol = 0; symbol < Symbols; symbol++)
        {
            int part = counts[symbol] == 0 ? 0 : Math.Max(1, (int)(((counts[symbol] * (long)Whole) + (total / 2)) / total));
            parts[symbol] = part;
            left -= part;
        }

        // Rounding and the minimum of one part leave a difference to the whole. The most frequent values absorb it at the least cost.
        while (left != 0)
        {
            ref int largest = ref Largest(parts);
            int change = Math.Max(left, -(largest / 2));
            largest += change;
            left -= change;
        }
    }

    public static void Write(ByteWriter writer, ReadOnlySpan<int> parts)
    {
        int first = parts.IndexOfAnyExcept(0);
        int last = parts.LastIndexOfAnyExcept(0);
        writer.Byte((byte)first);
        writer.Byte((byte)last);
        ulong pending = 0;
        int bits = 0;
        foreach (int part in parts[first..(last + 1)])
        {
            int length = 32 - BitOperations.LeadingZeroCount((uint)part);
            int below = Math.Max(0, length - 1);
            uint low = (uint)part & ((1u << below) - 1);
            pending |= (((ulong)low << LengthBits) | (uint)length) << bits;
            bits += LengthBits + below;
            for (; bits >= 8; bits -= 8, pending >>= 8)
            {
                writer.Byte((byte)pending);
            }
        }

        if (bits > 0)
        {
            writer.Byte((byte)pending);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(ref ByteReader reader, scoped Span<int> parts)
    {
        parts.Clear();
        int first = reader.Byte();
        int last = reader.Byte();
        ulong pending = 0;
        int bits = 0;
        int sum = 0;
        for (int symbol = first; symbol <= last; symbol++)
        {
            int length = (int)Take(ref reader, LengthBits, ref pending, ref bits);
            if (length > WholeBits)
            {
                throw ByteReader.Damaged($"a byte value cannot occur in {CountText.Of(length, "bit")} of parts");
            }

            parts[symbol] = length == 0 ? 0 : (1 << (length - 1)) | (int)Take(ref reader, length - 1, ref pending, ref bits);
            sum += parts[symbol];
        }

        if (sum != Whole)
        {
            throw ByteReader.Damaged($"the parts of all byte values make {sum} and not {Whole}");
        }
    }

    private static ulong Take(ref ByteReader reader, int count, ref ulong pending, ref int bits)
    {
        for (; bits < count; bits += 8)
        {
            pending |= (ulong)reader.Byte() << bits;
        }

        ulong taken = pending & ((1UL << count) - 1);
        pending >>= count;
        bits -= count;
        return taken;
    }

    private static ref int Largest(Span<int> parts)
    {
        int largest = 0;
        for (int symbol = 1; symbol < Symbols; symbol++)
        {
            largest = parts[symbol] > parts[largest] ? symbol : largest;
        }

        return ref parts[largest];
    }
}
