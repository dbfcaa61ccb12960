using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>One byte of each number of a sequence.</summary>
internal static class BytePlane
{
    /// <summary>Extracts byte <paramref name="at"/> (0 is the lowest) of each number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Extract(ReadOnlySpan<long> numbers, int at, Span<byte> plane)
    {
        int shift = 8 * at;
        for (int i = 0; i < plane.Length; i++)
        {
            plane[i] = (byte)(numbers[i] >> shift);
        }
    }

    /// <summary>Inserts the bytes into numbers that have zeros there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Insert(ReadOnlySpan<byte> plane, int at, Span<long> numbers)
    {
        int shift = 8 * at;
        ReadOnlySpan<Vector128<byte>> chunks = MemoryMarshal.Cast<byte, Vector128<byte>>(plane);
        Span<Vector256<ulong>> vectors = MemoryMarshal.Cast<long, Vector256<ulong>>(numbers);
        for (int i = 0; i < chunks.Length; i++)
        {
            Vector256<ushort> words = Vector256.WidenLower(chunks[i].ToVector256Unsafe());
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(words);
            Span<Vector256<ulong>> four = vectors.Slice(4 * i, 4);
            four[0] |= Vector256.WidenLower(low) << shift;
            four[1] |= Vector256.WidenUpper(low) << shift;
            four[2] |= Vector256.WidenLower(high) << shift;
            four[3] |= Vector256.WidenUpper(high) << shift;
        }

        for (int i = chunks.Length * Vector128<byte>.Count; i < plane.Length; i++)
        {
            numbers[i] |= (long)plane[i] << shift;
        }
    }
}
