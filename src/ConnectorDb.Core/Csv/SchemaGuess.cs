using ConnectorDb.Core.Schemas;

namespace ConnectorDb.Core.Csv;

/// <summary>The schema of a new stream, from the first values of its column.</summary>
internal static class SchemaGuess
{
    public const string Anything = "{}";

    public static CompiledSchema CompiledAnything { get; } = SchemaCompiler.Compile(DataValue.Parse(Anything));

    /// <param name="fields">The fields with their quotes.</param>
    public static string Of(IEnumerable<string> fields, FieldStyle style)
    {
        FieldReader reader = new(CompiledAnything, style, isNumeric: true);
        HashSet<string> types = [];
        foreach (string field in fields)
        {
            if (reader.TryRead(field, out DataValue value, out _))
            {
                types.Add(TypeOf(value));
            }
        }

        string? only = types.Count == 1 ? types.First() : null;
        return only is not null and not "null" ? $$"""{"type":"{{only}}"}"""
            : types.Count == 2 && types.Remove("null") ? $$"""{"type":["{{types.First()}}","null"]}"""
            : Mixed(types, style);
    }

    /// <summary>Where quotes do not mark texts, a column with a text is one of texts.</summary>
    private static string Mixed(HashSet<string> types, FieldStyle style)
        => types.Contains("string") && !style.QuotesMarkText ? """{"type":"string"}""" : Anything;

    private static string TypeOf(DataValue value) => value.Kind switch
    {
        DataKind.Null => "null",
        DataKind.Boolean => "boolean",
        DataKind.Integer or DataKind.Number => "number",
        DataKind.Text => "string",
        DataKind.Array => "array",
        _ => "object",
    };
}
