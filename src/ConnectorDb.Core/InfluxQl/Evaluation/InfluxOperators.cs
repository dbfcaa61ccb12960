namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>The operators between two values. The result is null where InfluxDB has none, which is false in a condition.</summary>
internal static class InfluxOperators
{
    public static DataValue Apply(string name, DataValue left, DataValue right) => (left, right) switch
    {
        _ when left.IsNull || right.IsNull => DataValue.Null,
        ({ Kind: DataKind.Integer }, { Kind: DataKind.Integer }) => Integers(name, left.AsInteger(), right.AsInteger()),
        ({ IsNumber: true }, { IsNumber: true }) => Numbers(name, left.AsDouble(), right.AsDouble()),
        ({ Kind: DataKind.Text }, { Kind: DataKind.Text }) => Texts(name, left.AsText(), right.AsText()),
        ({ Kind: DataKind.Boolean }, { Kind: DataKind.Boolean }) => Booleans(name, left.AsBoolean(), right.AsBoolean()),
        _ => DataValue.Null,
    };

    public static bool IsTrue(DataValue value) => value.Kind == DataKind.Boolean && value.AsBoolean();

    private static DataValue Integers(string name, long left, long right) => name switch
    {
        "+" => DataValue.From(left + right),
        "-" => DataValue.From(left - right),
        "*" => DataValue.From(left * right),
        "/" => DataValue.From(right == 0 ? 0 : left / (double)right),
        "%" => DataValue.From(right is 0 or -1 ? 0 : left % right),
        "&" => DataValue.From(left & right),
        "|" => DataValue.From(left | right),
        "^" => DataValue.From(left ^ right),
        _ => Compared(name, left.CompareTo(right)),
    };

    private static DataValue Numbers(string name, double left, double right) => name switch
    {
        "+" => DataValue.From(left + right),
        "-" => DataValue.From(left - right),
        "*" => DataValue.From(left * right),
        "/" => DataValue.From(right == 0 ? 0 : left / right),
        "%" => DataValue.From(right == 0 ? 0 : left % right),
        _ => Compared(name, left.CompareTo(right)),
    };

    private static DataValue Texts(string name, string left, string right) => name switch
    {
        "=" => DataValue.From(left == right),
        "!=" => DataValue.From(left != right),
        _ => DataValue.Null,
    };

    private static DataValue Booleans(string name, bool left, bool right) => name switch
    {
        "=" => DataValue.From(left == right),
        "!=" => DataValue.From(left != right),
        "AND" or "&" => DataValue.From(left && right),
        "OR" or "|" => DataValue.From(left || right),
        "^" => DataValue.From(left != right),
        _ => DataValue.Null,
    };

    private static DataValue Compared(string name, int order) => name switch
    {
        "=" => DataValue.From(order == 0),
        "!=" => DataValue.From(order != 0),
        "<" => DataValue.From(order < 0),
        "<=" => DataValue.From(order <= 0),
        ">" => DataValue.From(order > 0),
        ">=" => DataValue.From(order >= 0),
        _ => DataValue.Null,
    };
}
