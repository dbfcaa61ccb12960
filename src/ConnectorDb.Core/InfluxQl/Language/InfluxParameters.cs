using System.Globalization;
using System.Text.Json;

namespace ConnectorDb.Core.InfluxQl.Language;

/// <summary>The values of parameters of a query, as a request has them in JSON.</summary>
public sealed class InfluxParameters
{
    private InfluxParameters(Dictionary<string, InfluxToken> tokens) => Tokens = tokens;

    public static InfluxParameters None { get; } = new([]);

    internal IReadOnlyDictionary<string, InfluxToken> Tokens { get; }

    /// <exception cref="InfluxSyntaxException">It is not a JSON object.</exception>
    public static InfluxParameters Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new InfluxParameters(document.RootElement.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal).ToDictionary(members => members.Key, members => TokenOf(members.Last().Value), StringComparer.Ordinal))
                : throw new InfluxSyntaxException("error parsing query parameters: they are not a JSON object");
        }
        catch (JsonException error)
        {
            throw new InfluxSyntaxException($"error parsing query parameters: {error.Message}");
        }
    }

    /// <summary>The token for a value; an unknown one with the problem as its text when there is none.</summary>
    private static InfluxToken TokenOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new(InfluxTokenKind.Text, value.GetString()!, 0, 0),
        JsonValueKind.Number when value.TryGetInt64(out long integer) => new(InfluxTokenKind.Integer, integer.ToString(CultureInfo.InvariantCulture), 0, 0),
        JsonValueKind.Number => new(InfluxTokenKind.Number, value.GetDouble().ToString("F17", CultureInfo.InvariantCulture), 0, 0),
        JsonValueKind.True or JsonValueKind.False => new(InfluxTokenKind.Keyword, value.GetBoolean() ? "TRUE" : "FALSE", 0, 0),
        JsonValueKind.Object when value.EnumerateObject().ToArray() is [{ Value.ValueKind: JsonValueKind.String } only] => only.Name switch
        {
            "regex" => new(InfluxTokenKind.Regex, only.Value.GetString()!, 0, 0),
            "identifier" => new(InfluxTokenKind.Identifier, only.Value.GetString()!, 0, 0),
            "string" => new(InfluxTokenKind.Text, only.Value.GetString()!, 0, 0),
            "duration" => new(InfluxTokenKind.Duration, only.Value.GetString()!, 0, 0),
            _ => new(InfluxTokenKind.Unknown, $"unable to bind parameter of type {only.Name}", 0, 0),
        },
        JsonValueKind.Null => new(InfluxTokenKind.Unknown, "unable to bind parameter with type <nil>", 0, 0),
        _ => new(InfluxTokenKind.Unknown, "unable to bind parameter with an array or object", 0, 0),
    };
}
