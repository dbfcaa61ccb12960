using System.Buffers;

namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>A scratch array of the shared pool for the length of a <c>using</c>; its content is arbitrary at first.</summary>
internal readonly ref struct RentedArray<T>(int length)
    where T : unmanaged
{
    private readonly T[] _array = ArrayPool<T>.Shared.Rent(length);

    public Span<T> Span => _array.AsSpan(0, length);

    public void Dispose() => ArrayPool<T>.Shared.Return(_array);
}
