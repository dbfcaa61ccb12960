using System.Text.Json;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Requests that compute for minutes or hours, over the stream of <see cref="EndlessQuery"/> or into one with a schema of their own.</summary>
internal static class Runaways
{
    private const string Insert = "crud/me/user/checked/data";

    /// <summary>Without these the limits would end some of them.</summary>
    public static readonly string[] Settings = ["--query-seconds", "80000", "--query-rows", "100000000000"];

    public static Dictionary<string, (string Schema, string Path, string Body)> All { get; } = new()
    {
        ["transform"] = Merge(EndlessQuery.Computing),
        ["map"] = Merge("map(i % 4, (imap(i, $) | " + string.Concat(Enumerable.Repeat("apply(ifelse(true, $ + 1)) | ", 100)) + "length)) | if last"),
        ["dataset of tiny steps"] = ("{}", "query/dataset", """{"t1": 0, "t2": 4000000, "dt": 0.0001, "force": true, "posttransform": "if last", "dataset": {"s": {"stream": "me/user/s", "interpolator": "closest"}}}"""),
        ["regex of a transform"] = Merge("'ab' | " + string.Concat(Enumerable.Repeat("$ + 'a' + $ + 'b' + $ | ", 13)) + "regex('a[ab]{900}c')"),
        ["deep oneOf"] = (Definitions(i => $$"""{"oneOf": [{{Next(i)}}, {"not": {{Next(i)}}}]}"""), Insert, Points(100_000, "[1]")),
        ["uniqueItems"] = ("""{"items": {"uniqueItems": true}}""", Insert, Points(300, $"[[{Alike(1000)}]]")),
        ["pattern"] = ($$"""{"items": {"allOf": [{{Join(100, i => $$"""{"not": {"pattern": "a[ab]{30}c{{i}}"} }""")}}]} }""", Insert, Points(500, $"[{Join(20, i => $"\"{Letters(i, 1000)}\"")}]")),
        ["patternProperties"] = ($$"""{"patternProperties": { {{Join(100, i => $$""" "a[ab]{30}c{{i}}": {}""")}} } }""", Insert, Points(500, $$"""{ {{Join(20, i => $$""" "{{Letters(i, 1000)}}": [1]""")}} }""")),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    private static (string Schema, string Path, string Body) Merge(string transform) => ("{}", "query/merge", JsonSerializer.Serialize(new[] { new { stream = "me/user/s", transform } }));

    private static string Points(int count, string value) => $"[{Join(count, i => $$"""{"t": {{i}}, "d": {{value}}}""")}]";

    private static string Definitions(Func<int, string> definition) => $$"""{"$ref": "#/definitions/n0", "definitions": { {{Join(16, i => $$""" "n{{i}}": {{definition(i)}}""")}}, "n16": {"maxItems": 9} } }""";

    private static string Next(int i) => $$"""{"$ref": "#/definitions/n{{i + 1}}"}""";

    /// <summary>Numbers that are equal as doubles, and so have the same hash.</summary>
    private static string Alike(int count) => Join(count, i => $"1.00000000000000000000{1000 + i}1");

    private static string Letters(int seed, int count) => new([.. new Random(seed).GetItems("ab".AsSpan(), count)]);

    private static string Join(int count, Func<int, string> part) => string.Join(", ", Enumerable.Range(0, count).Select(part));
}
