using ConnectorDb.Columns;

namespace ConnectorDb.Benchmarks.Compare.Rows;

/// <summary>A store of 100 million datapoints in 100 streams: opening it and reading the last five of one.</summary>
internal static class LargeRow
{
    private const int Streams = 100;
    private const int PointsEach = 1_000_000;

    public static async IAsyncEnumerable<Row> RunAsync()
    {
        Block a = SegmentData.Make(SegmentData.Tenths, PointsEach);
        await using Scene scene = new();
        CdbPath stream = CdbPath.ForUser("me");
        for (int i = 0; i < Streams; i++)
        {
            stream = await scene.NewStreamAsync();
            await scene.AppendAsync(stream, a);
        }

        await scene.CloseAsync();
        yield return await Contest.RunAsync(
            "open a store of 100 M points and read the last five of a stream",
            "< 50 ms",
            Unit.Milliseconds,
            new Contestant(Contestant.Us, () => scene.ReopenAndReadLastAsync(stream)));
    }
}
