using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Interpolators;

/// <summary>A datapoint as a block and an index; <c>default</c> refers to none.</summary>
public readonly record struct DatapointReference(Block? Block, int Index)
{
    public bool IsNone => Block is null;

    /// <summary>Unix seconds.</summary>
    public double Time => Block!.Times.Span[Index];

    public DataValue Value => Block!.Values[Index];

    /// <summary>Adds the value to a column; null when there is no datapoint.</summary>
    public void AddTo(ColumnBuilder values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (Block is null)
        {
            values.Add(DataValue.Null);
        }
        else
        {
            values.Add(Block.Values, Index);
        }
    }
}
