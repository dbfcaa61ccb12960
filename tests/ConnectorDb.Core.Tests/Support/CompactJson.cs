using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>Formats JSON for people: a value that fits on a line is on one line.</summary>
internal static class CompactJson
{
    private const int Width = 200;
    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Format(JsonNode? node, int indent = 0)
    {
        string line = Line(node);
        if (node is not (JsonObject or JsonArray) || indent + line.Length <= Width)
        {
            return line;
        }

        string inner = new(' ', indent + 2);
        IEnumerable<string> parts = node is JsonObject members
            ? members.Select(member => $"\"{member.Key}\": {Format(member.Value, indent + 2)}")
            : node.AsArray().Select(element => Format(element, indent + 2));
        (char open, char close) = node is JsonObject ? ('{', '}') : ('[', ']');
        return $"{open}\n{inner}{string.Join($",\n{inner}", parts)}\n{new string(' ', indent)}{close}";
    }

    private static string Line(JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } members => $"{{ {string.Join(", ", members.Select(member => $"\"{member.Key}\": {Line(member.Value)}"))} }}",
        JsonArray elements => $"[{string.Join(", ", elements.Select(Line))}]",
        null => "null",
        _ => node.ToJsonString(s_options),
    };
}
