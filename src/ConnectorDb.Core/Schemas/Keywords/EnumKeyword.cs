namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>enum</c>, and <c>const</c> for a single value.</summary>
internal sealed class EnumKeyword(DataValue[] allowed) : Keyword
{
    private const int ShownLength = 200;

    private readonly HashSet<DataValue> _allowed = [.. allowed];
    private string? _shown;

    public static EnumKeyword? Read(SchemaSource source)
    {
        if (source.TryGet("const", out DataValue only))
        {
            return new EnumKeyword([only]);
        }

        if (!source.TryGet("enum", out DataValue values))
        {
            return null;
        }

        return values.Kind == DataKind.Array && values.AsArray().Length > 0
            ? new EnumKeyword(values.AsArray())
            : throw source.Error("enum", "must be a list of values");
    }

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
        => _allowed.Contains(value) ? null : new SchemaError(value, $"is not one of {_shown ??= Shown()}");

    private string Shown()
    {
        string text = DataValue.From(allowed).ToJson();
        return text.Length <= ShownLength ? text : $"{text[..ShownLength]}…";
    }
}
