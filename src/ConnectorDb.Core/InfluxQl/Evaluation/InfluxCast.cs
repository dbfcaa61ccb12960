using ConnectorDb.Core.Influx;

namespace ConnectorDb.Core.InfluxQl.Evaluation;

/// <summary>The values of names with a type, such as <c>usage::integer</c>.</summary>
internal static class InfluxCast
{
    /// <summary>The value as a type; null when it cannot be.</summary>
    public static DataValue To(string? type, DataValue value) => type switch
    {
        "float" when value.Kind == DataKind.Integer => DataValue.From((double)value.AsInteger()),
        "integer" when value.Kind == DataKind.Number => DataValue.From((long)value.AsDouble()),
        "float" or "integer" or "unsigned" => value.IsNumber ? value : DataValue.Null,
        "string" => value.Kind == DataKind.Text ? value : DataValue.Null,
        "boolean" => value.Kind == DataKind.Boolean ? value : DataValue.Null,
        _ => value,
    };

    /// <summary>Values of a kind can be of the type.</summary>
    public static bool IsPossible(string? type, FieldKind? kind) => type switch
    {
        "float" or "integer" or "unsigned" => kind == FieldKind.Number,
        "string" => kind == FieldKind.Text,
        "boolean" => kind == FieldKind.Boolean,
        _ => true,
    };
}
