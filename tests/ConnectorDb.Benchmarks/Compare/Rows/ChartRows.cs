using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Benchmarks.Compare.Rows;

/// <summary>
/// Ten million datapoints summarized in columns of time: a chart that was asked for before, and one of new columns. SQLite takes seconds, and so only one row. Then a million datapoints in few or many
/// streams of one request.
/// </summary>
internal static class ChartRows
{
    private const int Points = 10_000_000;
    private const int PointsOfRequest = 1_000_000;
    private const int ColumnsOfTrend = 16;
    private const int Hour = 3600;
    private const int FewStreams = 10;
    private const int StreamsAtOnce = 64;
    private const int StreamsOfAppend = 10_000;

    /// <summary>Moves the edges of the columns of each round, so that none is known from the round before.</summary>
    private const double Shift = 7.0;

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        await using (Scene scene = new())
        {
            await scene.FillAsync("a", 0, SegmentData.Make(SegmentData.Tenths, Points));
            yield return await CompareAsync(scene, "`-Columns 1000` (three hours each)", "≤ 15 ms", 3 * Hour, query => query with { Columns = 1000 }, besideSqlite: true);
            yield return await CompareAsync(scene, "`-Columns 2000` (two hours each)", "≤ 30 ms", 2 * Hour, query => query with { Columns = 2000 });
            yield return await CompareAsync(scene, "`-Every 1h`", "≤ 30 ms", Hour, query => query with { Every = Hour });
            double every = 3 * Hour;
            yield return await CompareAsync(scene, "columns of three hours that are asked for the first time", "≤ DuckDB", 3 * Hour, query => query with { Every = every += Shift });
            every = Hour;
            yield return await CompareAsync(scene, "columns of an hour that are asked for the first time", "≤ DuckDB", Hour, query => query with { Every = every += Shift });
        }

        await foreach (Row row in StreamsAsync())
        {
            yield return row;
        }
    }

    private static Task<Row> CompareAsync(Scene scene, string work, string goal, int seconds, Func<ChartQuery, ChartQuery> columns, bool besideSqlite = false)
    {
        ChartQuery query = new(new DataQuery(CdbPath.ForStream("me", "user", "a")));
        return Contest.RunAsync(
            "chart of 10 M points: " + work,
            goal,
            Unit.Milliseconds,
            [
                new Contestant(Contestant.Us, async () => await scene.Client.ChartAsync([columns(query)], CancellationToken.None)),
                Contestant.Of("DuckDB", () => scene.Duck.Query($"SELECT time_bucket(INTERVAL {seconds} seconds, t), count(*), min(d), max(d), avg(d) FROM a GROUP BY 1 ORDER BY 1")),
                .. besideSqlite ? [Contestant.Of("SQLite", () => scene.Bare.Query($"SELECT CAST(t / {seconds} AS INTEGER), count(*), min(d), max(d), avg(d) FROM points WHERE stream = 0 GROUP BY 1"))] : (Contestant[])[],
            ]);
    }

    private static async IAsyncEnumerable<Row> StreamsAsync()
    {
        await using Scene scene = new();
        Block all = SegmentData.Make(SegmentData.Tenths, PointsOfRequest);
        Contestant few = await ContestantAsync(scene, all, FewStreams, $"in {FewStreams} streams");
        foreach (int streams in (int[])[1_000, 100_000])
        {
            string work = string.Create(CultureInfo.InvariantCulture, $"{ColumnsOfTrend} columns of each of {streams:N0} streams, 1 M points together");
            yield return await Contest.RunAsync(work, "", Unit.Milliseconds, await ContestantAsync(scene, all, streams, Contestant.Us), few);
        }
    }

    private static async Task<Contestant> ContestantAsync(Scene scene, Block all, int streams, string name)
    {
        int each = all.Count / streams;
        CdbPath[] paths = new CdbPath[streams];

        // Streams that are made at the same time share a commit.
        await Parallel.ForAsync(0, streams, new ParallelOptions { MaxDegreeOfParallelism = StreamsAtOnce }, async (i, _) => paths[i] = await scene.NewStreamAsync($"of{streams}-{i}"));
        foreach (int[] part in Enumerable.Range(0, streams).Chunk(StreamsOfAppend))
        {
            await scene.Client.AppendAsync([.. part.Select(i => new StreamBlock(paths[i], all.Slice(i * each, each)))], AppendOptions.Default, CancellationToken.None);
        }

        ChartQuery[] queries = [.. paths.Select(path => new ChartQuery(new DataQuery(path)) { Columns = ColumnsOfTrend })];
        return new Contestant(name, async () => await scene.Client.ChartAsync(queries, CancellationToken.None));
    }
}
