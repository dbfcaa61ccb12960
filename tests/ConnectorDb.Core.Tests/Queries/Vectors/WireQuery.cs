using System.Text;
using System.Text.Json;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Queries;

namespace ConnectorDb.Core.Tests.Queries.Vectors;

/// <summary>Queries as the original's clients wrote them, where 0 and absent both mean not set.</summary>
internal static class WireQuery
{
    private static readonly string[] s_ranges = ["t1", "t2", "i1", "i2", "limit"];

    public static DataQuery[] Merge(JsonElement queries) => [.. DataQueryJson.ReadAll(JsonFields.ParseArray(Utf8(queries)))];

    public static DatasetQuery Dataset(JsonElement query) => DatasetQueryJson.Read(JsonFields.Parse(Utf8(query)));

    /// <summary>The streams that an element with <c>stream</c> or <c>merge</c> reads.</summary>
    public static IEnumerable<string> Sources(JsonElement element)
        => element.TryGetProperty("merge", out JsonElement merge)
            ? merge.EnumerateArray().Select(part => part.GetProperty("stream").GetString()!)
            : [element.GetProperty("stream").GetString()!];

    /// <summary>True when an element reads a stream without a range.</summary>
    public static bool HasWholeSource(JsonElement element)
        => element.TryGetProperty("merge", out JsonElement merge)
            ? merge.EnumerateArray().Any(HasWholeSource)
            : !s_ranges.Any(name => Number(element, name) != 0);

    public static double Number(JsonElement element, string name)
        => element.TryGetProperty(name, out JsonElement number) ? number.GetDouble() : 0;

    public static string? Text(JsonElement element, string name)
        => element.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    private static byte[] Utf8(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());
}
