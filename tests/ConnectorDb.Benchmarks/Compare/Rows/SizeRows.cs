using ConnectorDb.Columns;

namespace ConnectorDb.Benchmarks.Compare.Rows;

/// <summary>
/// How much the files grow by a datapoint: of A, of B, and of the series in a folder of CSV files <c>timestamp,value</c>, all in one store;
/// in DuckDB in one table, without a column for the series, which is as small as it gets.
/// </summary>
internal static class SizeRows
{
    private const int Points = 1_000_000;

    /// <param name="folder">Where the series are; null for none.</param>
    public static async IAsyncEnumerable<Row> RunAsync(string? folder)
    {
        yield return await MeasureAsync("file size of A, a point", "≤ 0.5 B", [SegmentData.Make(SegmentData.Tenths, Points)]);
        yield return await MeasureAsync("file size of B, a point", "≤ 7.4 B", [SegmentData.Make(SegmentData.FullPrecision, Points)]);
        if (folder is not null)
        {
            Block[] series = [.. Directory.GetFiles(folder, "*.csv").Where(IsSeries).Order().Select(path => Numbers(SegmentData.Read(path)))];
            yield return await MeasureAsync($"file size of {series.Length} real series of {series.Sum(one => one.Count):N0} points, a point", "≤ 4 B", series);
        }
    }

    private static async Task<Row> MeasureAsync(string work, string goal, IReadOnlyList<Block> series)
    {
        double[] empty = await SizesAsync([]);
        double[] full = await SizesAsync(series);
        long points = series.Sum(one => (long)one.Count);
        return new Row(work, goal, Unit.BytesPerPoint, [.. s_names.Select((name, i) => new Figure(name, (full[i] - empty[i]) / points))]);
    }

    private static readonly string[] s_names = [Contestant.Us, "DuckDB", "SQLite"];

    private static async Task<double[]> SizesAsync(IReadOnlyList<Block> series)
    {
        await using Scene scene = new();
        if (series.Count > 0)
        {
            scene.Duck.MakeTable("points");
        }

        for (int i = 0; i < series.Count; i++)
        {
            await scene.AppendAsync(await scene.NewStreamAsync(), series[i]);
            scene.Duck.Append("points", DuckDb.Micros(series[i]), ((NumberColumn)series[i].Values).Values.Span);
            scene.Bare.Insert(i, series[i]);
        }

        scene.Duck.Query("CHECKPOINT");
        await scene.CloseAsync();
        return [.. new[] { scene.StorePath, scene.DuckPath, scene.BarePath }.Select(path => (double)new FileInfo(path).Length)];
    }

    /// <summary>Stored as doubles in order of time, one at a time, like those of the peers.</summary>
    private static Block Numbers(Block block)
    {
        (double T, double Value)[] points = [.. Enumerable.Range(0, block.Count).Select(i => (block.Times.Span[i], block.Values[i].AsDouble())).DistinctBy(point => point.Item1).OrderBy(point => point.Item1)];
        return new Block(points.Select(point => point.T).ToArray(), new NumberColumn(points.Select(point => point.Value).ToArray()));
    }

    private static bool IsSeries(string path) => File.ReadLines(path).FirstOrDefault() == "timestamp,value";
}
