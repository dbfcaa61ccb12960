using System.Text.Json;

namespace ConnectorDb.Core.Tests.Queries.Vectors;

/// <summary>One recorded answer of the original: a line of datasets.jsonl or merges.jsonl.</summary>
internal sealed class Vector(JsonElement json)
{
    public string Id => json.GetProperty("id").GetString()!;

    public string? Quirk => json.TryGetProperty("quirk", out JsonElement quirk) ? quirk.GetString() : null;

    public string? Error => json.TryGetProperty("error", out JsonElement error) ? error.GetString() : null;

    public bool IsApproximate => json.TryGetProperty("approx", out _);

    public JsonElement Query => json.GetProperty("query");

    public JsonElement Merge => json.GetProperty("merge");

    /// <summary>The results, up to the error if there is one.</summary>
    public List<(double T, DataValue Value)> Output
        => json.TryGetProperty("output", out JsonElement output) ? Points(output)
            : json.TryGetProperty("partial", out JsonElement partial) ? Points(partial)
            : [];

    public static IEnumerable<Vector> In(string file)
        => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Queries", "Vectors", file))
            .Select(line => new Vector(JsonDocument.Parse(line).RootElement));

    /// <summary>The streams that are asked, by path, as JSON.</summary>
    public IEnumerable<(string Path, string Json)> Streams
        => json.GetProperty("streams").EnumerateObject().Select(stream => (stream.Name, stream.Value.GetRawText()));

    public MemoryStreams InMemory(int blockSize)
        => Streams.Aggregate(new MemoryStreams(blockSize), (all, stream) => all.With(stream.Path, Points(stream.Json).ToArray()));

    public static List<(double T, DataValue Value)> Points(string json) => Points(JsonDocument.Parse(json).RootElement);

    /// <summary>True when a datapoint of the stream is at or before a time.</summary>
    public bool HasPointUpTo(string stream, double t)
        => json.GetProperty("streams").TryGetProperty(stream, out JsonElement points) && Points(points).Any(point => point.T <= t);

    private static List<(double T, DataValue Value)> Points(JsonElement points)
        => points.EnumerateArray()
            .Select(point => (point.GetProperty("t").GetDouble(), DataValue.Parse(point.GetProperty("d").GetRawText())))
            .ToList();
}
