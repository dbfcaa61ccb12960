using System.Text.Json;

namespace ConnectorDb.Core.Charts;

/// <summary>The unit of the numbers of a stream: the member "unit" of its schema.</summary>
public static class SchemaUnit
{
    /// <summary>The unit; empty if the schema has none.</summary>
    public static string Of(CdbStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using JsonDocument schema = JsonDocument.Parse(stream.Schema);
        return schema.RootElement.ValueKind == JsonValueKind.Object && schema.RootElement.TryGetProperty("unit", out JsonElement unit) && unit.ValueKind == JsonValueKind.String ? unit.GetString()! : "";
    }
}
