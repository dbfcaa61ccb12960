using System.Text.Json;

namespace ConnectorDb.Core.Tests.PipeScript.Vectors;

/// <summary>A line of transforms.jsonl: a script, its input, and the results of ConnectorDB 0.3.</summary>
public sealed record TransformVector(
    string Id,
    string Script,
    IReadOnlyList<Datapoint> Input,
    IReadOnlyList<Datapoint> Output,
    string? Error,
    bool IsUnwritable,
    bool IsApproximate,
    string? Quirk)
{
    public static IEnumerable<TransformVector> All()
        => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "PipeScript", "Vectors", "transforms.jsonl"))
            .Select(line => Read(JsonDocument.Parse(line).RootElement));

    /// <summary>The first weight is +∞: max-min-nil-first, like the vector that is marked so.</summary>
    private const string Unmarked = "t.minmax.0038";

    private static TransformVector Read(JsonElement json) => new(
        json.GetProperty("id").GetString()!,
        json.GetProperty("transform").GetString()!,
        Points(json, "input"),
        Points(json, json.TryGetProperty("output", out _) ? "output" : "partial"),
        Text(json, "error"),
        Text(json, "stage") == "encode",
        json.TryGetProperty("approx", out _),
        json.GetProperty("id").GetString() == Unmarked ? "max-min-nil-first" : Text(json, "quirk"));

    private static string? Text(JsonElement json, string name)
        => json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static Datapoint[] Points(JsonElement json, string name)
        => json.TryGetProperty(name, out JsonElement points)
            ? points.EnumerateArray()
                .Select(Point)
                .ToArray()
            : [];

    /// <summary>A time that is missing is 0, data that are missing are null.</summary>
    private static Datapoint Point(JsonElement json) => new(
        json.TryGetProperty("t", out JsonElement t) ? t.GetDouble() : 0,
        json.TryGetProperty("d", out JsonElement d) ? DataValue.Parse(d.GetRawText()) : DataValue.Null);
}
