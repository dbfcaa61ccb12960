using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>Maps signed numbers to unsigned ones so that small numbers have few bits: 0, −1, 1, −2 become 0, 1, 2, 3.</summary>
internal static class ZigZag
{
    public static long Encode(long value) => (value << 1) ^ (value >> 63);

    public static long Decode(long folded) => (long)((ulong)folded >> 1) ^ -(folded & 1);

    /// <summary>Encodes the distances from <paramref name="center"/>; returns the bitwise or of all results.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Fold(Span<long> values, long center)
    {
        Vector256<long> all = Vector256<long>.Zero;
        Span<Vector256<long>> vectors = MemoryMarshal.Cast<long, Vector256<long>>(values);
        Vector256<long> centers = Vector256.Create(center);
        foreach (ref Vector256<long> vector in vectors)
        {
            Vector256<long> distance = vector - centers;
            vector = (distance << 1) ^ Vector256.LessThan(distance, Vector256<long>.Zero);
            all |= vector;
        }

        ulong bits = (ulong)(all[0] | all[1] | all[2] | all[3]);
        foreach (ref long value in values[(vectors.Length * Vector256<long>.Count)..])
        {
            value = Encode(value - center);
            bits |= (ulong)value;
        }

        return bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unfold(Span<long> values, long center)
    {
        Span<Vector256<long>> vectors = MemoryMarshal.Cast<long, Vector256<long>>(values);
        Vector256<long> centers = Vector256.Create(center);
        Vector256<long> one = Vector256<long>.One;
        foreach (ref Vector256<long> vector in vectors)
        {
            vector = ((vector >>> 1) ^ (Vector256<long>.Zero - (vector & one))) + centers;
        }

        foreach (ref long value in values[(vectors.Length * Vector256<long>.Count)..])
        {
            value = Decode(value) + center;
        }
    }
}
