using System.Buffers;
using System.Runtime.CompilerServices;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>Arrays for a moment: small ones of the shared pool, and new large ones, because the pool would keep them for minutes.</summary>
internal static class ScratchArrays
{
    /// <summary>The size in bytes of the largest array of the pool.</summary>
    private const int MaxPooled = 1 << 20;

    /// <summary>An array of at least the length, with arbitrary content.</summary>
    public static T[] Rent<T>(int length)
        where T : unmanaged
        => IsPooled<T>(length) ? ArrayPool<T>.Shared.Rent(length) : GC.AllocateUninitializedArray<T>(length);

    public static void Return<T>(T[] array)
        where T : unmanaged
    {
        if (IsPooled<T>(array.Length))
        {
            ArrayPool<T>.Shared.Return(array);
        }
    }

    private static bool IsPooled<T>(int length) => (long)length * Unsafe.SizeOf<T>() <= MaxPooled;
}
