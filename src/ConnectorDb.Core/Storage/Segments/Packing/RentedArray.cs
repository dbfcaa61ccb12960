namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>A scratch array for the length of a <c>using</c>; its content is arbitrary at first.</summary>
internal readonly ref struct RentedArray<T>(int length)
    where T : unmanaged
{
    private readonly T[] _array = ScratchArrays.Rent<T>(length);

    public Span<T> Span => _array.AsSpan(0, length);

    public void Dispose() => ScratchArrays.Return(_array);
}
