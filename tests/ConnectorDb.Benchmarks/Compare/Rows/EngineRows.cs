using ConnectorDb.Columns;

namespace ConnectorDb.Benchmarks.Compare.Rows;

/// <summary>A million datapoints of A into the store and out of it, whole, as a mean, and as a count.</summary>
internal static class EngineRows
{
    private const int Points = 1_000_000;

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        Block a = SegmentData.Make(SegmentData.Tenths, Points);
        await using Scene scene = new();
        yield return await AppendAsync(scene, a, "engine append of A in one call, durable", "≥ 10 M/s, ≥ DuckDB");
        await scene.FillAsync("a", 0, a);
        foreach ((string work, string goal, string script, string duck, string bare) in s_reads)
        {
            yield return await Contest.RunAsync(work, goal, Unit.Milliseconds, Reading(scene, script, duck, bare));
        }
    }

    /// <summary>All of a block in one call, each time into something new.</summary>
    public static Task<Row> AppendAsync(Scene scene, Block block, string work, string goal)
    {
        CdbPath stream = CdbPath.ForUser("me");
        long[] micros = DuckDb.Micros(block);
        ReadOnlyMemory<double> values = ((NumberColumn)block.Values).Values;
        int number = 1;
        return Contest.RunAsync(
            work,
            goal,
            Unit.MillionPerSecond(block.Count),
            new Contestant(Contestant.Us, () => scene.AppendAsync(stream, block), async () => stream = await scene.NewStreamAsync()),
            Contestant.Of("DuckDB", () => scene.Duck.Append("latest", micros, values.Span)) with { Before = () => MakeTable(scene) },
            Contestant.Of("SQLite", () => scene.Bare.Insert(number++, block)));
    }

    /// <summary>The three ways to read the stream <c>a</c> of <see cref="Scene.FillAsync"/>.</summary>
    public static Contestant[] Reading(Scene scene, string script, string duck, string bare) =>
    [
        new(Contestant.Us, async () => await scene.ReadAsync("a", script.Length == 0 ? null : script)),
        Contestant.Of("DuckDB", () => scene.Duck.Query(duck)),
        Contestant.Of("SQLite", () => scene.Bare.Query(bare)),
    ];

    private static readonly (string Work, string Goal, string Script, string Duck, string Bare)[] s_reads =
    [
        ("engine read of A into columns, warm", "≤ 10 ms", "", "SELECT t, d FROM a", "SELECT t, d FROM points WHERE stream = 0 ORDER BY t"),
        ("mean of A", "≤ 0.5 ms", "mean | if last", "SELECT avg(d) FROM a", "SELECT avg(d) FROM points WHERE stream = 0"),
        ("count of `$ > 22` of A", "≤ 4 ms", "if $ > 22 | count | if last", "SELECT count(*) FROM a WHERE d > 22", "SELECT count(*) FROM points WHERE stream = 0 AND d > 22"),
    ];

    private static ValueTask MakeTable(Scene scene)
    {
        scene.Duck.MakeTable("latest");
        return ValueTask.CompletedTask;
    }
}
