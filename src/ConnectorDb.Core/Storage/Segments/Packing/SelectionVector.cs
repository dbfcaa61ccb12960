namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>The selected rows of a column: all, or those at some positions.</summary>
internal readonly ref struct SelectionVector
{
    private SelectionVector(int of, bool areAll, ReadOnlySpan<int> some)
    {
        Of = of;
        AreAll = areAll;
        Some = some;
    }

    /// <summary>The number of rows of the column.</summary>
    public int Of { get; }

    public bool AreAll { get; }

    /// <summary>The positions in ascending order; empty when all rows are selected.</summary>
    public ReadOnlySpan<int> Some { get; }

    /// <summary>The number of selected rows.</summary>
    public int Count => AreAll ? Of : Some.Length;

    public static SelectionVector All(int of) => new(of, true, default);

    public static SelectionVector Among(int of, ReadOnlySpan<int> some) => new(of, false, some);

    /// <summary>Copies the selected values.</summary>
    public void Pick<T>(ReadOnlySpan<T> all, Span<T> wanted)
    {
        for (int i = 0; i < Some.Length; i++)
        {
            wanted[i] = all[Some[i]];
        }
    }
}
