using System.Text.Json;

namespace ConnectorDb.Core.Tests.Queries.Vectors;

/// <summary>Queries as the original's clients wrote them, where 0 and absent both mean not set.</summary>
internal static class WireQuery
{
    public static DataQuery[] Merge(JsonElement queries) => queries.EnumerateArray().Select(Stream).ToArray();

    public static DatasetQuery Dataset(JsonElement query)
    {
        DataQuery[] x = query.TryGetProperty("stream", out _) ? [Stream(query)]
            : query.TryGetProperty("merge", out JsonElement merge) ? Merge(merge)
            : [];
        return new DatasetQuery
        {
            X = x,
            T1 = Number(query, "t1"),
            T2 = x.Length > 0 ? null : Number(query, "t2"),
            Dt = query.TryGetProperty("dt", out JsonElement dt) ? dt.GetDouble() : null,
            PostTransform = Text(query, "posttransform"),
            Columns = query.TryGetProperty("dataset", out JsonElement columns) ? columns.EnumerateObject().Select(Column).ToArray() : [],
        };
    }

    /// <summary>The streams that an element with <c>stream</c> or <c>merge</c> reads.</summary>
    public static IEnumerable<string> Sources(JsonElement element)
        => element.TryGetProperty("merge", out JsonElement merge)
            ? merge.EnumerateArray().Select(part => part.GetProperty("stream").GetString()!)
            : [element.GetProperty("stream").GetString()!];

    public static double Number(JsonElement element, string name)
        => element.TryGetProperty(name, out JsonElement number) ? number.GetDouble() : 0;

    public static string? Text(JsonElement element, string name)
        => element.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    private static DatasetColumn Column(JsonProperty column) => new()
    {
        Name = column.Name,
        Interpolator = Text(column.Value, "interpolator") ?? "",
        AllowNull = column.Value.TryGetProperty("allownil", out JsonElement allow) && allow.GetBoolean(),
        Sources = column.Value.TryGetProperty("merge", out JsonElement merge) ? Merge(merge) : [Stream(column.Value)],
    };

    private static DataQuery Stream(JsonElement query)
    {
        double t1 = Number(query, "t1"), t2 = Number(query, "t2");
        long i1 = (long)Number(query, "i1"), i2 = (long)Number(query, "i2"), limit = (long)Number(query, "limit");
        bool isByTime = t1 != 0 || t2 != 0 || limit != 0;
        return new DataQuery(CdbPath.Parse(query.GetProperty("stream").GetString()!))
        {
            T1 = isByTime ? t1 : null,
            T2 = t2 > 0 ? t2 : null,
            I1 = i1 == 0 ? null : i1,
            I2 = i2 == 0 ? null : i2,
            Limit = limit > 0 ? limit : null,
            Transform = Text(query, "transform"),
        };
    }
}
