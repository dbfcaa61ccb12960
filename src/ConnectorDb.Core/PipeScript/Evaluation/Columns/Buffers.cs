using System.Runtime.InteropServices;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>Allocates arrays without clearing them, because they are written in full at once.</summary>
internal static class Buffers
{
    public static T[] Make<T>(int length)
        where T : unmanaged
        => GC.AllocateUninitializedArray<T>(length);

    /// <summary>Reinterprets booleans as the bytes 0 and 1.</summary>
    public static ReadOnlySpan<byte> AsBytes(this ReadOnlySpan<bool> values) => MemoryMarshal.Cast<bool, byte>(values);

    /// <inheritdoc cref="AsBytes(ReadOnlySpan{bool})"/>
    public static Span<byte> AsBytes(this Span<bool> values) => MemoryMarshal.Cast<bool, byte>(values);
}
