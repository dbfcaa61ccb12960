using ConnectorDb.Columns;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Tests.Queries;

public sealed class MergeTests
{
    private readonly MemoryStreams _streams = new MemoryStreams(2)
        .With("u/d/a", (1, 1), (2, 2), (2, 3), (5, 4))
        .With("u/d/b", (2, 20), (3, 30));

    [Fact]
    public async Task At_equal_times_the_query_named_first_comes_first()
    {
        Assert.Equal("1 1\n2 2\n2 3\n2 20\n3 30\n5 4", (await MergeAsync(Query("u/d/a"), Query("u/d/b"))).ToString());
        Assert.Equal("1 1\n2 20\n2 2\n2 3\n3 30\n5 4", (await MergeAsync(Query("u/d/b"), Query("u/d/a"))).ToString());
    }

    [Fact]
    public async Task Every_query_has_its_own_range_and_limit()
        => Assert.Equal("2 2\n2 3\n2 20", (await MergeAsync(Query("u/d/a") with { T1 = 1, T2 = 2 }, Query("u/d/b") with { Limit = 1 })).ToString());

    [Fact]
    public async Task A_stream_may_be_merged_with_itself()
        => Assert.Equal("2 20\n2 20\n3 30\n3 30", (await MergeAsync(Query("u/d/b"), Query("u/d/b"))).ToString());

    [Fact]
    public async Task A_merge_of_no_queries_is_empty() => Assert.Empty((await MergeAsync()).Points);

    [Fact]
    public async Task More_than_ten_streams_can_be_merged()
        => Assert.Equal(24, (await MergeAsync(Enumerable.Repeat(Query("u/d/b"), 12).ToArray())).Points.Count);

    [Fact]
    public async Task Values_of_all_kinds_can_be_merged()
    {
        _streams.With("u/d/text", (1.5, DataValue.From("a")), (4, DataValue.Null), (6, DataValue.Parse("{\"v\":[1]}")));

        Assert.Equal("1 1\n1.5 \"a\"\n2 2\n2 3\n4 null\n5 4\n6 {\"v\":[1]}", (await MergeAsync(Query("u/d/a"), Query("u/d/text"))).ToString());
    }

    [Fact]
    public async Task Merged_datapoints_have_their_origin_and_stream()
    {
        _streams.With("u/d/a", new Block(new double[] { 1, 2 }, new NumberColumn(new[] { 1.0, 2 }), new[] { "u/other", null }));

        List<Datapoint> points = await Some.Points(Merge.ReadAsync([Query("u/d/a") with { Transform = "$ * 2" }, Query("u/d/b")], _streams));

        Assert.Equal("u/other@u/d/a @u/d/a @u/d/b @u/d/b", string.Join(' ', points.Select(point => $"{point.Origin}@{point.Stream}")));
    }

    [Fact]
    public async Task A_merge_of_one_query_returns_the_stream_too()
        => Assert.All(await Some.Points(Merge.ReadAsync([Query("u/d/a")], _streams)), point => Assert.Equal("u/d/a", point.Stream));

    [Fact]
    public async Task A_missing_stream_fails_before_the_first_datapoint()
    {
        Rows rows = await MergeAsync(Query("u/d/a"), Query("u/d/none"));

        Assert.IsType<NotFoundException>(rows.Failure);
        Assert.Empty(rows.Points);
        Assert.Equal(0, _streams.OpenReads);
    }

    private static DataQuery Query(string stream) => new(CdbPath.Parse(stream));

    private Task<Rows> MergeAsync(params DataQuery[] queries) => Rows.OfAsync(Merge.ReadAsync(queries, _streams));
}
