namespace ConnectorDb.Columns;

/// <summary>A column of doubles.</summary>
public sealed class NumberColumn(ReadOnlyMemory<double> values) : Column
{
    public ReadOnlyMemory<double> Values { get; } = values;

    public override int Count => Values.Length;

    public override DataValue this[int index] => DataValue.From(Values.Span[index]);

    public override Column Slice(int start, int count) => new NumberColumn(Values.Slice(start, count));
}
