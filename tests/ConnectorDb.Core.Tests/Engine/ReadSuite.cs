using ConnectorDb.Columns;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine;

public abstract class ReadSuite : IDisposable
{
    private readonly Database _database;
    private readonly CdbPath _stream;

    /// <summary>Ten datapoints at the times 10, 20, …, 100.</summary>
    protected ReadSuite(Database database)
    {
        _database = database;
        _stream = _database.AddStream("me/user/x");
        double[] times = [.. Enumerable.Range(1, 10).Select(i => i * 10.0)];
        _database.Append(_stream, new Block(times, new NumberColumn(times)));
    }

    public void Dispose()
    {
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableTheory]
    [InlineData(null, null, "10 20 30 40 50 60 70 80 90 100")]
    [InlineData(0L, 3L, "10 20 30")]
    [InlineData(8L, null, "90 100")]
    [InlineData(null, 2L, "10 20")]
    [InlineData(-2L, null, "90 100")]
    [InlineData(null, -8L, "10 20")]
    [InlineData(-3L, -1L, "80 90")]
    [InlineData(-99L, 1L, "10")]
    [InlineData(9L, 99L, "100")]
    [InlineData(10L, null, "")]
    [InlineData(99L, null, "")]
    [InlineData(0L, 0L, "")]
    [InlineData(5L, 2L, "")]
    [InlineData(long.MinValue, long.MaxValue, "10 20 30 40 50 60 70 80 90 100")]
    public void By_index(long? first, long? last, string expected)
        => Assert.Equal(expected, Times(new DataQuery(_stream) { I1 = first, I2 = last }));

    [SkippableTheory]
    [InlineData(30.0, 50.0, "40 50")]
    [InlineData(29.9, 30.0, "30")]
    [InlineData(null, 20.0, "10 20")]
    [InlineData(90.0, null, "100")]
    [InlineData(100.0, null, "")]
    [InlineData(50.0, 30.0, "")]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, "10 20 30 40 50 60 70 80 90 100")]
    public void By_time_the_start_excluded_and_the_end_included(double? first, double? last, string expected)
        => Assert.Equal(expected, Times(new DataQuery(_stream) { T1 = first, T2 = last }));

    [SkippableTheory]
    [InlineData(0L, "")]
    [InlineData(3L, "10 20 30")]
    [InlineData(99L, "10 20 30 40 50 60 70 80 90 100")]
    public void Limits_are_respected(long limit, string expected)
        => Assert.Equal(expected, Times(new DataQuery(_stream) { Limit = limit }));

    [SkippableFact]
    public void The_limit_counts_results_of_the_transform()
        => Assert.Equal("60 70", Times(new DataQuery(_stream) { T1 = 20, Limit = 2, Transform = "if $ > 50" }));

    [SkippableFact]
    public void Contradicting_ranges_are_rejected()
    {
        Assert.Throws<InvalidRangeException>(() => Times(new DataQuery(_stream) { I1 = 1, T1 = 1 }));
        Assert.Throws<InvalidRangeException>(() => Times(new DataQuery(_stream) { T1 = double.NaN }));
        Assert.Throws<InvalidRangeException>(() => Times(new DataQuery(_stream) { Limit = -1 }));
    }

    [SkippableFact]
    public void An_invalid_script_is_rejected_before_the_first_block()
        => Assert.Throws<ScriptSyntaxException>(() => _database.Engine.Read(_database.Me, new DataQuery(_stream) { Transform = "if if" }, Some.NoToken).First());

    [SkippableTheory]
    [InlineData(5, 0)]
    [InlineData(10, 1)]
    [InlineData(95, 9)]
    [InlineData(100, 10)]
    [InlineData(double.PositiveInfinity, 10)]
    public void The_index_of_a_time_is_that_of_the_first_later_datapoint(double t, long expected)
        => Assert.Equal(expected, _database.Engine.IndexOfTime(_database.Me, _stream, t, Some.NoToken));

    [SkippableFact]
    public void An_empty_stream_has_no_datapoints()
    {
        CdbPath empty = _database.AddStream("me/user/empty");

        Assert.Equal("", Times(new DataQuery(empty) { I1 = -5 }));
        Assert.Equal(0, _database.Engine.Count(_database.Me, empty, Some.NoToken));
        Assert.Null(_database.Engine.Last(_database.Me, empty, Some.NoToken));
        Assert.Equal(0, _database.Engine.IndexOfTime(_database.Me, empty, 5, Some.NoToken));
        StreamSummary summary = _database.Engine.Summarize(_database.Me, new DataQuery(empty), Some.NoToken);
        Assert.Equal((0L, null, null, 0L, null), (summary.Count, summary.First, summary.Last, summary.Numbers, summary.Mean));
    }

    [SkippableFact]
    public void A_summary_of_a_range()
    {
        StreamSummary summary = _database.Engine.Summarize(_database.Me, new DataQuery(_stream) { T1 = 10, T2 = 40 }, Some.NoToken);

        Assert.Equal((3L, 20.0, 40.0), (summary.Count, summary.FirstT, summary.LastT));
        Assert.Equal((3L, 20.0, 40.0, 90.0, 30.0), (summary.Numbers, summary.Minimum, summary.Maximum, summary.Sum, summary.Mean));
        Assert.Throws<InvalidRangeException>(() => _database.Engine.Summarize(_database.Me, new DataQuery(_stream) { Limit = 1 }, Some.NoToken));
    }

    [SkippableFact]
    public void Datapoints_appended_during_a_read_are_not_in_the_range()
    {
        _database.Append(_stream, Some.Numbers(10_000, firstT: 1000));
        using IEnumerator<Block> blocks = _database.Engine.Read(_database.Me, new DataQuery(_stream), Some.NoToken).GetEnumerator();
        blocks.MoveNext();
        long seen = blocks.Current.Count;
        _database.Append(_stream, Some.Numbers(10_000, firstT: 100_000));
        while (blocks.MoveNext())
        {
            seen += blocks.Current.Count;
        }

        Assert.Equal(10_010, seen);
    }

    [SkippableFact]
    public void A_stream_deleted_during_a_read_is_reported()
    {
        _database.Append(_stream, Some.Numbers(10_000, firstT: 1000));
        using IEnumerator<Block> blocks = _database.Engine.Read(_database.Me, new DataQuery(_stream), Some.NoToken).GetEnumerator();
        blocks.MoveNext();
        _database.Engine.Delete(_database.Me, _stream, Some.NoToken);
        _database.AddStream("me/user/x");

        NotFoundException error = Assert.Throws<NotFoundException>(() => blocks.MoveNext());
        Assert.Contains("deleted while it was read", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Reading_ends_when_it_is_cancelled()
    {
        _database.Append(_stream, Some.Numbers(10_000, firstT: 1000));
        using CancellationTokenSource source = new();
        using IEnumerator<Block> blocks = _database.Engine.Read(_database.Me, new DataQuery(_stream), source.Token).GetEnumerator();
        blocks.MoveNext();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => blocks.MoveNext());
    }

    private string Times(DataQuery query) => string.Join(' ', _database.Read(query).Select(point => point.T));
}
