namespace ConnectorDb.Columns;

/// <summary>A column of booleans.</summary>
public sealed class BooleanColumn(ReadOnlyMemory<bool> values) : Column
{
    public ReadOnlyMemory<bool> Values { get; } = values;

    public override int Count => Values.Length;

    public override DataValue this[int index] => DataValue.From(Values.Span[index]);

    public override Column Slice(int start, int count) => new BooleanColumn(Values.Slice(start, count));
}
