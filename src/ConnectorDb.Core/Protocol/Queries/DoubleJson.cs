using System.Globalization;
using System.Text.Json;

namespace ConnectorDb.Core.Protocol.Queries;

/// <summary>Writes and reads doubles; those that JSON numbers cannot express, such as an infinite sum, become strings.</summary>
internal static class DoubleJson
{
    public static void Write(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
        }
    }

    public static double? Read(JsonFields fields, string name) => fields.Value(name) is { } value ? Read(value, name) : null;

    /// <exception cref="InvalidValueException">The value is not a number.</exception>
    public static double? Read(DataValue value, string name) => value switch
    {
        { IsNull: true } => null,
        { IsNumber: true } => value.AsDouble(),
        { Kind: DataKind.Text } when double.TryParse(value.AsText(), CultureInfo.InvariantCulture, out double number) => number,
        _ => throw new InvalidValueException($"Value of field '{name}' must be a number.", name),
    };
}
