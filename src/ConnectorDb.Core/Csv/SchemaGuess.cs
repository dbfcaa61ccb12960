using ConnectorDb.Core.Schemas;

namespace ConnectorDb.Core.Csv;

/// <summary>The schema of a new stream, from the first values of its column.</summary>
internal static class SchemaGuess
{
    public const string Anything = "{}";
    private const double MostNumbersAmongTexts = 0.5;
    private const double MostNumbersAmongOthers = 0.9;

    public static CompiledSchema CompiledAnything { get; } = SchemaCompiler.Compile(DataValue.Parse(Anything));

    /// <param name="fields">The fields with their quotes.</param>
    public static string Of(IEnumerable<string> fields, FieldStyle style)
    {
        FieldReader reader = new(CompiledAnything, style, isNumeric: true);
        HashSet<string> types = [];
        int count = 0;
        int numbers = 0;
        foreach (string field in fields)
        {
            if (reader.TryRead(field, out DataValue value, out _))
            {
                types.Add(TypeOf(value));
                count++;
                numbers += value.IsNumber ? 1 : 0;
            }
        }

        // Texts among more numbers are errors of a sensor or of a formula, unless quotes say that they are texts. Other values need more
        // evidence, because a stream for any value would take them.
        double most = types.IsSubsetOf(["number", "string"]) ? MostNumbersAmongTexts : MostNumbersAmongOthers;
        if (!style.QuotesMarkText && numbers > most * count)
        {
            return """{"type":"number"}""";
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
