namespace ConnectorDb.Columns;

/// <summary>The values of consecutive datapoints. Columns have the narrowest type for their values and never change.</summary>
public abstract class Column
{
    public abstract int Count { get; }

    public abstract DataValue this[int index] { get; }

    /// <summary>A part of the column, without copying.</summary>
    public abstract Column Slice(int start, int count);
}
