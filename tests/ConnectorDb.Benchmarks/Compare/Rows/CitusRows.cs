using ConnectorDb.Columns;

namespace ConnectorDb.Benchmarks.Compare.Rows;

/// <summary>A store in a Citus cluster beside the same store in one PostgreSQL.</summary>
internal static class CitusRows
{
    private const int Calls = 800;

    /// <param name="plain">The store in one PostgreSQL.</param>
    public static async IAsyncEnumerable<Row> RunAsync(Scene plain)
    {
        await using CitusDatabase? database = await CitusDatabase.MakeAsync();
        if (database is null)
        {
            Console.Error.WriteLine("CONNECTORDB_CITUS names no cluster, so that its rows are left out.");
            yield break;
        }

        await using Scene worker = new(database.Worker);
        await using Scene coordinator = new(database.Coordinator);
        foreach (int callers in (int[])[1, 16])
        {
            CdbPath[] there = await NewStreamsAsync(plain, callers);
            CdbPath[] here = await NewStreamsAsync(worker, callers);
            foreach ((string node, string goal, Scene scene) in ((string, string, Scene)[])[("a worker", "≥ 0.55", worker), ("the coordinator", "≥ 0.3", coordinator)])
            {
                yield return await Contest.RunAsync(
                    $"Citus: single durable appends through {node}, {callers} caller{(callers > 1 ? "s" : "")}",
                    goal,
                    Unit.PerSecond(Calls),
                    new Contestant(Contestant.Us, () => new ValueTask(AppendAsync(scene, here))),
                    new Contestant("a store in one PostgreSQL", () => new ValueTask(AppendAsync(plain, there))));
            }
        }
    }

    private static async Task<CdbPath[]> NewStreamsAsync(Scene scene, int count)
    {
        CdbPath[] streams = new CdbPath[count];
        for (int i = 0; i < count; i++)
        {
            streams[i] = await scene.NewStreamAsync($"citus{count}-{i}");
        }

        return streams;
    }

    private static Task AppendAsync(Scene scene, CdbPath[] streams)
        => Task.WhenAll(streams.Select(stream => Task.Run(async () =>
        {
            for (int i = 0; i < Calls / streams.Length; i++)
            {
                await scene.AppendAsync(stream, new Block(new[] { double.NaN }, new NumberColumn(new[] { 21.5 })));
            }
        })));
}
