using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>type</c>. A whole number is an integer however it is written.</summary>
internal sealed class TypeKeyword(string[] types) : Keyword
{
    private static readonly string[] s_known = ["array", "boolean", "integer", "null", "number", "object", "string"];
    private readonly bool _number = types.Contains("number");
    private readonly bool _integer = types.Contains("integer");
    private readonly bool _text = types.Contains("string");
    private readonly bool _boolean = types.Contains("boolean");
    private readonly bool _object = types.Contains("object");

    public static TypeKeyword? Read(SchemaSource source)
    {
        if (!source.TryGet("type", out DataValue value))
        {
            return null;
        }

        string[] types = value.Kind == DataKind.Text ? [value.AsText()] : source.ToTexts("type", value);
        return types.Length > 0 && types.All(s_known.Contains)
            ? new TypeKeyword(types)
            : throw source.Error("type", $"must be one or several of {string.Join(", ", s_known)}");
    }

    public override bool Accepts(Column values, ValidationBudget budget) => values switch
    {
        NumberColumn => _number,
        IntegerColumn => _number || _integer,
        TextColumn => _text,
        BooleanColumn => _boolean,
        RecordColumn => _object,
        _ => false,
    };

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
        => IsAllowed(value) ? null : new SchemaError(value, $"is not of type {string.Join(" or ", types)}{CommaAdvice(value)}");

    /// <summary>Says how a number with a comma, as in German, is written; empty for any other value.</summary>
    private string CommaAdvice(DataValue value)
        => _number && value.Kind == DataKind.Text && value.AsText() is var text && text.Count(c => c == ',') == 1 && text.Replace(',', '.') is var point && DataValue.TryParseNumber(point, out _)
            ? $"; numbers in texts have a point, as in {point}, in every culture"
            : "";

    private bool IsAllowed(DataValue value) => value.Kind switch
    {
        DataKind.Integer => _number || _integer,
        DataKind.Number => _number || (_integer && double.IsInteger(value.AsDouble())),
        DataKind.Text => _text,
        DataKind.Boolean => _boolean,
        DataKind.Null => types.Contains("null"),
        DataKind.Array => types.Contains("array"),
        _ => _object,
    };
}
