using System.Globalization;
using ConnectorDb.Core.Influx;

namespace ConnectorDb.Core.Sinks.InfluxDb;

/// <summary>Formats a value as a field of a type. Numbers change their type only where their value stays the same.</summary>
internal static class FieldText
{
    private const long MaxExactInteger = 1L << 53;
    private const double MaxInteger = long.MaxValue;

    /// <summary>Returns null for a value that a field of this type cannot store.</summary>
    public static string? Of(DataValue value, FieldType type) => (type, value.Kind) switch
    {
        (FieldType.Boolean, DataKind.Boolean) => value.AsBoolean() ? "t" : "f",
        (FieldType.Integer, DataKind.Integer) => $"{value.AsInteger().ToString(CultureInfo.InvariantCulture)}i",
        (FieldType.Integer, DataKind.Number) => value.AsDouble() is var number && IsExact(value, number) && Math.Abs(number) < MaxInteger && Math.Floor(number) == number
            ? $"{((long)number).ToString(CultureInfo.InvariantCulture)}i"
            : null,
        (FieldType.Float, DataKind.Integer) => value.AsInteger() is >= -MaxExactInteger and <= MaxExactInteger ? value.AsInteger().ToString(CultureInfo.InvariantCulture) : null,
        (FieldType.Float, DataKind.Number) => value.AsDouble() is var number && IsExact(value, number) ? number.ToString("R", CultureInfo.InvariantCulture) : null,
        (FieldType.String, DataKind.Text) => Quoted(value.AsText()),
        (FieldType.String, DataKind.Object or DataKind.Array) => Quoted(value.ToJson()),
        _ => null,
    };

    /// <summary>The reason why a field cannot store a value.</summary>
    public static string Fault(string measurement, string field, DataValue value, FieldType type)
    {
        string text = value.IsNumber && !double.IsFinite(value.AsDouble()) && !value.IsNumberText ? value.AsDouble().ToString(CultureInfo.InvariantCulture) : value.ToJson();
        string shown = text.Length > 40 ? $"{text[..40]}…" : text;
        return type switch
        {
            FieldType.Float or FieldType.Integer when value.IsNumber && FieldTypes.TypeOf(value, asFloat: false) == type
                => $"InfluxDB cannot store the number {shown} of the field '{field}' without rounding it. Write it as text, to a field of its own.",
            FieldType.Float when value.IsNumber => $"The field '{field}' of '{measurement}' is a float in InfluxDB, which would round the integer {shown}. Write it to another field.",
            FieldType.Integer when value.IsNumber
                => $"field type conflict: the field '{field}' of '{measurement}' is an integer in InfluxDB, and {shown} is not. Write it to another field, or use -FloatsOnly with a new measurement.",
            _ => $"field type conflict: the field '{field}' of '{measurement}' has the type {type.ToString().ToLowerInvariant()} in InfluxDB, and {shown} is of another type. Write it to another field.",
        };
    }

    // A number with more digits than a double is rounded if it is a decimal, as everywhere, but not if it is an integer.
    private static bool IsExact(DataValue value, double number)
        => double.IsFinite(number) && (!value.IsNumberText || value.ToJson().AsSpan().ContainsAny(".eE"));

    private static string Quoted(string text)
        => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
