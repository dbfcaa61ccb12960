using ConnectorDb.Columns;

namespace ConnectorDb.Core.Schemas.Keywords;

/// <summary><c>minLength</c>, <c>maxLength</c> (in code points), <c>pattern</c>, <c>format</c>.</summary>
/// <param name="least">The minimum length.</param>
/// <param name="most">The maximum length.</param>
/// <param name="pattern">The compiled pattern.</param>
/// <param name="shown">The pattern as it was written, for messages.</param>
/// <param name="format">The name of a known format.</param>
internal sealed class TextKeyword(long? least, long? most, SchemaPattern? pattern, string? shown, string? format) : Keyword
{
    public static TextKeyword? Read(SchemaSource source)
    {
        long? least = source.Count("minLength");
        long? most = source.Count("maxLength");
        SchemaPattern? pattern = source.Pattern("pattern");
        string? format = source.Text("format");
        format = format is not null && TextFormats.Known.ContainsKey(format) ? format : null;
        return least is null && most is null && pattern is null && format is null ? null : new TextKeyword(least, most, pattern, source.Text("pattern"), format);
    }

    public override bool Accepts(Column values, ValidationBudget budget) => values is NumberColumn or IntegerColumn or BooleanColumn or RecordColumn;

    public override SchemaError? Check(DataValue value, ValidationBudget budget)
    {
        if (value.Kind != DataKind.Text)
        {
            return null;
        }

        string text = value.AsText();
        if (least is not null || most is not null)
        {
            long length = text.Length - text.Count(char.IsLowSurrogate);
            if (length < least || length > most)
            {
                return new SchemaError(value, length < least ? $"has fewer than {CountText.Of(least.GetValueOrDefault(), "character")}" : $"has more than {CountText.Of(most.GetValueOrDefault(), "character")}");
            }
        }

        return pattern is not null && !pattern.IsMatch(text, budget) ? new SchemaError(value, $"does not match the pattern {shown}")
            : format is not null && !TextFormats.Known[format](text) ? new SchemaError(value, $"is not of the format {format}")
            : null;
    }
}
