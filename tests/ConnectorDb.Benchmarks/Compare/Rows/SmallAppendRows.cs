using ConnectorDb.Columns;

namespace ConnectorDb.Benchmarks.Compare.Rows;

/// <summary>
/// Single numbers, each on disk before the next is taken: through the client, with rights, schema and time order, by 1 and by 8
/// callers, and by one caller into a bare SQLite table that commits each row.
/// </summary>
internal static class SmallAppendRows
{
    private const int Calls = 4000;

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        await using Scene scene = new();
        List<CdbPath> streams = [];
        for (int i = 0; i < 8; i++)
        {
            streams.Add(await scene.NewStreamAsync());
        }

        foreach ((int callers, string goal) in ((int, string)[])[(1, "≥ 0.8 of SQLite"), (8, "≥ 3 of SQLite")])
        {
            int next = 0;
            yield return await Contest.RunAsync(
                $"single durable appends, {callers} caller{(callers > 1 ? "s" : "")}",
                goal,
                Unit.PerSecond(Calls),
                new Contestant(Contestant.Us, () => new ValueTask(AppendAsync(scene, streams.Take(callers), Calls / callers))),
                Contestant.Of("SQLite, WAL + FULL, autocommit", () => Insert(scene.Bare, callers, ref next)));
        }
    }

    private static Task AppendAsync(Scene scene, IEnumerable<CdbPath> streams, int count)
        => Task.WhenAll(streams.Select(stream => Task.Run(() => AppendToAsync(scene, stream, count))));

    private static async Task AppendToAsync(Scene scene, CdbPath stream, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await scene.AppendAsync(stream, new Block(new[] { double.NaN }, new NumberColumn(new[] { 21.5 })));
        }
    }

    private static void Insert(BareTable bare, long stream, ref int next)
    {
        for (int i = 0; i < Calls; i++)
        {
            bare.Insert(stream, ++next, 21.5);
        }
    }
}
