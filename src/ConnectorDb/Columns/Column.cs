namespace ConnectorDb.Columns;

/// <summary>
/// The values of a run of datapoints, side by side. The narrowest kind that holds them all is used; whoever does not care
/// reads <see cref="this"/>. Columns never change.
/// </summary>
public abstract class Column
{
    public abstract int Count { get; }

    public abstract DataValue this[int index] { get; }

    /// <summary>A part of the column, without copying.</summary>
    public abstract Column Slice(int start, int count);
}
