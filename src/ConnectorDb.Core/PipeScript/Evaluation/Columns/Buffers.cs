using System.Runtime.InteropServices;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>Arrays that are written in full right after they are made, so they need no zeros first.</summary>
internal static class Buffers
{
    public static T[] Make<T>(int length)
        where T : unmanaged
        => GC.AllocateUninitializedArray<T>(length);

    /// <summary>Booleans as the bytes 0 and 1 they are.</summary>
    public static ReadOnlySpan<byte> AsBytes(this ReadOnlySpan<bool> values) => MemoryMarshal.Cast<bool, byte>(values);

    /// <inheritdoc cref="AsBytes(ReadOnlySpan{bool})"/>
    public static Span<byte> AsBytes(this Span<bool> values) => MemoryMarshal.Cast<bool, byte>(values);
}
