namespace ConnectorDb.Columns;

/// <summary>A column of texts; none is null.</summary>
public sealed class TextColumn(ReadOnlyMemory<string> values) : Column
{
    public ReadOnlyMemory<string> Values { get; } = values;

    public override int Count => Values.Length;

    public override DataValue this[int index] => DataValue.From(Values.Span[index]);

    public override Column Slice(int start, int count) => new TextColumn(Values.Slice(start, count));
}
