using ConnectorDb.Columns;

namespace ConnectorDb.Benchmarks.Compare.Rows;

/// <summary>Ten million datapoints at once beside ten times one million, and the memory that reading takes.</summary>
internal static class TenfoldRows
{
    private const int Less = 1_000_000;
    private const int Times = 10;
    private const int More = Times * Less;
    private const string Again = "ten times 1 M points";

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        await using Scene scene = new();
        Block all = SegmentData.Make(SegmentData.Tenths, More);
        CdbPath more = CdbPath.ForUser("me");
        yield return await CompareAsync(
            "append",
            () => scene.AppendAsync(more, all),
            i => scene.AppendAsync(more, all.Slice(i * Less, Less)),
            async () => more = await scene.NewStreamAsync());
        CdbPath less = await scene.NewStreamAsync();
        await scene.AppendAsync(less, all.Slice(0, Less));
        yield return await CompareAsync("read into columns", async () => await scene.ReadAsync(more.Name), async _ => await scene.ReadAsync(less.Name));
        const string count = "if $ > 22 | count | if last";
        yield return await CompareAsync("count of `$ > 22`", async () => await scene.ReadAsync(more.Name, count), async _ => await scene.ReadAsync(less.Name, count));
        yield return await CompareAsync(
            "T-dataset of 10,000 rows: mean",
            async () => await scene.DatasetAsync(DatasetRows.Query(More, "mean", more.Name)),
            async _ => await scene.DatasetAsync(DatasetRows.Query(Less, "mean", less.Name)));
        yield return new Row(
            "10× the data: memory in use half-way through a read",
            "flat",
            Unit.Kibibytes,
            new Figure(Contestant.Us, await InUseAsync(scene, more, More / 2)),
            new Figure("1 M points", await InUseAsync(scene, less, Less / 2)));
    }

    /// <param name="more">The work with ten million datapoints.</param>
    /// <param name="less">The same with one of them.</param>
    /// <param name="before">What each of them needs first.</param>
    private static Task<Row> CompareAsync(string work, Func<ValueTask> more, Func<int, ValueTask> less, Func<ValueTask>? before = null) => Contest.RunAsync(
        $"10× the data: {work}",
        "≥ 0.8",
        Unit.MillionPerSecond(More),
        new Contestant(Contestant.Us, more, before),
        new Contestant(Again, () => RepeatAsync(less), before));

    private static async ValueTask RepeatAsync(Func<int, ValueTask> work)
    {
        for (int i = 0; i < Times; i++)
        {
            await work(i);
        }
    }

    /// <summary>KiB that cannot be given back while the datapoint with that index is at hand.</summary>
    private static async Task<double> InUseAsync(Scene scene, CdbPath stream, long index)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await foreach (Block block in scene.Client.ReadAsync(new DataQuery(stream), CancellationToken.None))
        {
            index -= block.Count;
            if (index <= 0)
            {
                break;
            }
        }

        return (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0;
    }
}
