using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>Copies the elements with a set flag to the front.</summary>
internal static class Compaction
{
    private const int Lanes = 4;

    /// <summary>Turns four booleans, one a byte, into four bits at the upper end.</summary>
    private const uint GatherBits = 0x01020408;

    private static readonly Vector256<int>[] s_order = Enumerable.Range(0, 1 << Lanes).Select(Order).ToArray();

    public static bool IsFast => Avx2.IsSupported;

    /// <summary>The elements with a set flag.</summary>
    /// <param name="kept">The number of set flags.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ReadOnlyMemory<T> Keep<T>(ReadOnlySpan<T> items, ReadOnlySpan<bool> flags, int kept)
        where T : unmanaged
    {
        T[] result = Buffers.Make<T>(kept + Lanes);
        ref long source = ref Unsafe.As<T, long>(ref MemoryMarshal.GetReference(items));
        ref byte flag = ref MemoryMarshal.GetReference(flags.AsBytes());
        ref long end = ref Unsafe.As<T, long>(ref MemoryMarshal.GetArrayDataReference(result));
        int i = 0;
        for (; i <= items.Length - Lanes; i += Lanes)
        {
            uint pattern = (Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref flag, i)) * GatherBits) >> 24;
            Vector256<int> four = Vector256.LoadUnsafe(ref source, (nuint)i).AsInt32();
            Avx2.PermuteVar8x32(four, s_order[pattern]).AsInt64().StoreUnsafe(ref end);
            end = ref Unsafe.Add(ref end, BitOperations.PopCount(pattern));
        }

        for (; i < items.Length; i++)
        {
            end = Unsafe.Add(ref source, i);
            end = ref Unsafe.Add(ref end, Unsafe.Add(ref flag, i));
        }

        return result.AsMemory(0, kept);
    }

    private static Vector256<int> Order(int pattern)
    {
        Span<int> order = stackalloc int[2 * Lanes];
        int next = 0;
        for (int lane = 0; lane < Lanes; lane++)
        {
            if ((pattern & (1 << lane)) != 0)
            {
                order[next++] = 2 * lane;
                order[next++] = (2 * lane) + 1;
            }
        }

        return Vector256.Create<int>(order);
    }
}
