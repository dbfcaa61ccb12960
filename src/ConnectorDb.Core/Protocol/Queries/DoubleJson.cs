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

    public static double? Read(JsonFields fields, string name)
        => fields.Value(name) is { Kind: DataKind.Text } text
            ? double.Parse(text.AsText(), CultureInfo.InvariantCulture)
            : fields.Number(name);
}
