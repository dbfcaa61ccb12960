namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>Which values of a sequence are wanted: all of them, or those at some places.</summary>
internal readonly ref struct SelectionVector
{
    private SelectionVector(int of, bool areAll, ReadOnlySpan<int> some)
    {
        Of = of;
        AreAll = areAll;
        Some = some;
    }

    /// <summary>How many values the sequence has.</summary>
    public int Of { get; }

    public bool AreAll { get; }

    /// <summary>The places, ascending; nothing when all are wanted.</summary>
    public ReadOnlySpan<int> Some { get; }

    /// <summary>How many values are wanted.</summary>
    public int Count => AreAll ? Of : Some.Length;

    public static SelectionVector All(int of) => new(of, true, default);

    public static SelectionVector Among(int of, ReadOnlySpan<int> some) => new(of, false, some);

    /// <summary>Takes what is wanted out of all values.</summary>
    public void Pick<T>(ReadOnlySpan<T> all, Span<T> wanted)
    {
        for (int i = 0; i < Some.Length; i++)
        {
            wanted[i] = all[Some[i]];
        }
    }
}
