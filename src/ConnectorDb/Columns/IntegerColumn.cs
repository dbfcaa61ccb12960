namespace ConnectorDb.Columns;

/// <summary>A column of 64-bit integers.</summary>
public sealed class IntegerColumn(ReadOnlyMemory<long> values) : Column
{
    public ReadOnlyMemory<long> Values { get; } = values;

    public override int Count => Values.Length;

    public override DataValue this[int index] => DataValue.From(Values.Span[index]);

    public override Column Slice(int start, int count) => new IntegerColumn(Values.Slice(start, count));
}
