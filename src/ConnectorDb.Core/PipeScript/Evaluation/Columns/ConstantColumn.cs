using ConnectorDb.Columns;

namespace ConnectorDb.Core.PipeScript.Evaluation.Columns;

/// <summary>A repeated value. It stays inside scripts; results are converted to columns of the model.</summary>
internal sealed class ConstantColumn(DataValue value, int count) : Column
{
    public DataValue Value { get; } = value;

    public override int Count { get; } = count;

    public override DataValue this[int index] => Value;

    public override Column Slice(int start, int count) => new ConstantColumn(Value, count);

    /// <summary>The same as a column of the model.</summary>
    public Column ToPlain()
    {
        switch (Value.Kind)
        {
            case DataKind.Number when !Value.IsNumberText:
                return new NumberColumn(Filled(Value.AsDouble()));
            case DataKind.Integer:
                return new IntegerColumn(Filled(Value.AsInteger()));
            case DataKind.Boolean:
                return new BooleanColumn(Filled(Value.AsBoolean()));
            case DataKind.Text:
                return new TextColumn(Filled(Value.AsText()));
            default:
                return new ValueColumn(Filled(Value));
        }
    }

    private T[] Filled<T>(T item)
    {
        T[] items = new T[Count];
        Array.Fill(items, item);
        return items;
    }
}
