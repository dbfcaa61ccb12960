using ConnectorDb.Columns;

namespace ConnectorDb.Benchmarks.Compare.Rows;

/// <summary>
/// Two streams of a million datapoints brought to 10,000 rows. The peers' closest is the one at or before the row, by ASOF JOIN and by
/// the table's key: less work, and the same here, where rows meet datapoints.
/// DuckDB has the times of the rows in a table; without one its join takes minutes.
/// </summary>
internal static class DatasetRows
{
    private const int Rows = 10_000;

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        const int points = 1_000_000;
        await using Scene scene = new();
        await scene.FillAsync("a", 0, SegmentData.Make(SegmentData.Tenths, points));
        await scene.FillAsync("b", 1, SegmentData.Make(SegmentData.FullPrecision, points));
        yield return await MeanAsync(scene, points, "T-dataset, two streams of 1 M, 10,000 rows: mean");
        scene.Duck.Query($"CREATE TABLE grid AS SELECT unnest(generate_series(min(t), max(t), INTERVAL {points / Rows} seconds)) AS t FROM a");
        yield return await ClosestAsync(scene, points, "the same: closest");
    }

    private static Task<Row> MeanAsync(Scene scene, int points, string work)
    {
        int step = points / Rows;
        return Contest.RunAsync(
            work,
            "≤ 15 ms",
            Unit.Milliseconds,
            new Contestant(Contestant.Us, async () => await scene.DatasetAsync(Query(points, "mean", "a", "b"))),
            Contestant.Of("DuckDB", () => scene.Duck.Query($"""
                SELECT t, a.d, b.d
                FROM (SELECT time_bucket(INTERVAL {step} seconds, t) AS t, avg(d) AS d FROM a GROUP BY 1) AS a
                JOIN (SELECT time_bucket(INTERVAL {step} seconds, t) AS t, avg(d) AS d FROM b GROUP BY 1) AS b USING (t)
                ORDER BY t
                """)),
            Contestant.Of("SQLite", () => scene.Bare.Query($"""
                SELECT a.t, a.d, b.d
                FROM (SELECT CAST(t / {step} AS INTEGER) AS t, avg(d) AS d FROM points WHERE stream = 0 GROUP BY 1) AS a
                JOIN (SELECT CAST(t / {step} AS INTEGER) AS t, avg(d) AS d FROM points WHERE stream = 1 GROUP BY 1) AS b USING (t)
                ORDER BY t
                """)));
    }

    private static Task<Row> ClosestAsync(Scene scene, int points, string work)
    {
        int step = points / Rows;
        return Contest.RunAsync(
            work,
            "≤ 15 ms",
            Unit.Milliseconds,
            new Contestant(Contestant.Us, async () => await scene.DatasetAsync(Query(points, "closest", "a", "b"))),
            Contestant.Of("DuckDB", () => scene.Duck.Query($"""
                SELECT r.t, a.d, b.d
                FROM grid AS r ASOF JOIN a ON r.t >= a.t ASOF JOIN b ON r.t >= b.t
                ORDER BY r.t
                """)),
            Contestant.Of("SQLite", () => scene.Bare.Query($"""
                WITH RECURSIVE r(t) AS (SELECT {SegmentData.Start} UNION ALL SELECT t + {step} FROM r WHERE t + {step} < {SegmentData.Start + points})
                SELECT t,
                    (SELECT d FROM points WHERE stream = 0 AND points.t <= r.t ORDER BY points.t DESC LIMIT 1),
                    (SELECT d FROM points WHERE stream = 1 AND points.t <= r.t ORDER BY points.t DESC LIMIT 1)
                FROM r
                """)));
    }

    public static DatasetQuery Query(int points, string interpolator, params string[] streams) => new()
    {
        T1 = SegmentData.Start,
        T2 = SegmentData.Start + points,
        Dt = points / Rows,
        Columns = [.. streams.Select(name => new DatasetColumn
        {
            Name = name,
            Sources = [new DataQuery(CdbPath.ForStream("me", "user", name))],
            Interpolator = interpolator,
        })],
    };
}
