namespace ConnectorDb.Columns;

/// <summary>A column of values of any kind.</summary>
public sealed class ValueColumn(ReadOnlyMemory<DataValue> values) : Column
{
    public ReadOnlyMemory<DataValue> Values { get; } = values;

    public override int Count => Values.Length;

    public override DataValue this[int index] => Values.Span[index];

    public override Column Slice(int start, int count) => new ValueColumn(Values.Slice(start, count));
}
