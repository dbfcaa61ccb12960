namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>The selected rows of a column: all, or those at some positions.</summary>
internal readonly ref struct SelectionVector
{
    private SelectionVector(int rowCount, bool areAll, ReadOnlySpan<int> positions)
    {
        RowCount = rowCount;
        AreAll = areAll;
        Positions = positions;
    }

    /// <summary>The number of rows of the column.</summary>
    public int RowCount { get; }

    public bool AreAll { get; }

    /// <summary>The positions in ascending order; empty when all rows are selected.</summary>
    public ReadOnlySpan<int> Positions { get; }

    /// <summary>The number of selected rows.</summary>
    public int Count => AreAll ? RowCount : Positions.Length;

    public static SelectionVector All(int rowCount) => new(rowCount, true, default);

    public static SelectionVector Among(int rowCount, ReadOnlySpan<int> positions) => new(rowCount, false, positions);

    /// <summary>Copies the selected values.</summary>
    public void Pick<T>(ReadOnlySpan<T> all, Span<T> wanted)
    {
        for (int i = 0; i < Positions.Length; i++)
        {
            wanted[i] = all[Positions[i]];
        }
    }
}
