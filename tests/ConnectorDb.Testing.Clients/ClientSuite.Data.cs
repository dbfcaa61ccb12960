using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Testing.Clients;

public abstract partial class ClientSuite
{
    /// <summary>Numbers keep all their digits, and times before 1970 are times; an original server has only doubles after it.</summary>
    protected virtual bool IsLossless => true;

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
    [InlineData(null, 0L, "")]
    [InlineData(5L, 2L, "")]
    public async Task By_index(long? first, long? last, string expected)
        => Assert.Equal(expected, await Times(new DataQuery(await TenPoints()) { I1 = first, I2 = last }));

    [SkippableTheory]
    [InlineData(30.0, 50.0, "40 50")]
    [InlineData(29.9, 30.0, "30")]
    [InlineData(null, 20.0, "10 20")]
    [InlineData(90.0, null, "100")]
    [InlineData(100.0, null, "")]
    [InlineData(50.0, 30.0, "")]
    [InlineData(0.0, 10.0, "10")]
    [InlineData(null, 0.0, "")]
    [InlineData(null, -1.0, "")]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, "10 20 30 40 50 60 70 80 90 100")]
    public async Task By_time_the_start_excluded_and_the_end_included(double? first, double? last, string expected)
        => Assert.Equal(expected, await Times(new DataQuery(await TenPoints()) { T1 = first, T2 = last }));

    [SkippableFact]
    public async Task Limits_are_respected()
    {
        CdbPath stream = await TenPoints();
        Assert.Equal("", await Times(new DataQuery(stream) { Limit = 0 }));
        Assert.Equal("10 20 30", await Times(new DataQuery(stream) { Limit = 3 }));
        Assert.Equal("60 70", await Times(new DataQuery(stream) { T1 = 50, Limit = 2 }));
        Assert.Equal("", await Times(new DataQuery(stream) { T1 = 50, Limit = 0 }));
        Assert.Equal("60 70", await Times(new DataQuery(stream) { I1 = 5, Limit = 2 }));
        Assert.Equal("60 70", await Times(new DataQuery(stream) { T1 = 20, Limit = 2, Transform = "if $ > 50" }));
        Assert.Equal("60 70", await Times(new DataQuery(stream) { I1 = 1, Limit = 2, Transform = "if $ > 50" }));
    }

    [SkippableFact]
    public async Task Transforms_run_on_the_server()
    {
        CdbPath stream = await TenPoints();
        Assert.Equal([110.0, 120.0], (await Read(new DataQuery(stream) { I2 = 2, Transform = "$ + 100" })).Select(point => point.GetValue().AsDouble()));
        Assert.Equal(10, (await Read(new DataQuery(stream) { Transform = "count | if last" })).Single().GetValue().AsDouble());
        await Assert.ThrowsAsync<ScriptSyntaxException>(() => Read(new DataQuery(stream) { Transform = "nosuchtransform(" }));
    }

    [SkippableFact]
    public async Task Ranges_that_contradict_themselves_are_rejected()
    {
        CdbPath stream = await TenPoints();
        await Assert.ThrowsAsync<InvalidRangeException>(() => Read(new DataQuery(stream) { I1 = 1, T1 = 1 }));
        await Assert.ThrowsAsync<InvalidRangeException>(() => Read(new DataQuery(stream) { T1 = double.NaN }));
        await Assert.ThrowsAsync<InvalidRangeException>(() => Read(new DataQuery(stream) { Limit = -1 }));
        await Assert.ThrowsAsync<InvalidRangeException>(async () => await Client.SummarizeAsync(new DataQuery(stream) { Limit = 1 }, Some.NoToken));
        await Assert.ThrowsAsync<InvalidRangeException>(async () => await Client.IndexOfTimeAsync(stream, double.NaN, Some.NoToken));
    }

    [SkippableTheory]
    [InlineData(5, 0)]
    [InlineData(10, 1)]
    [InlineData(95, 9)]
    [InlineData(100, 10)]
    [InlineData(double.PositiveInfinity, 10)]
    public async Task The_index_of_a_time_is_that_of_the_first_later_datapoint(double t, long expected)
        => Assert.Equal(expected, await Client.IndexOfTimeAsync(await TenPoints(), t, Some.NoToken));

    [SkippableFact]
    public async Task Ranges_are_summarized()
    {
        CdbPath stream = await TenPoints();
        StreamSummary summary = await Client.SummarizeAsync(new DataQuery(stream) { T1 = 10, T2 = 40 }, Some.NoToken);
        Assert.Equal((3L, 20.0, 40.0), (summary.Count, summary.FirstT, summary.LastT));
        Assert.Equal((3L, 20.0, 40.0, 90.0, 30.0), (summary.Numbers, summary.Minimum, summary.Maximum, summary.Sum, summary.Mean));

        CdbPath words = await NewStream();
        await Client.AppendAsync(words, Points((1, "\"a\""), (2, "5")), false, Some.NoToken);
        StreamSummary some = await Client.SummarizeAsync(new DataQuery(words), Some.NoToken);
        Assert.Equal((2L, 1L, 5.0), (some.Count, some.Numbers, some.Sum));
    }

    [SkippableFact]
    public async Task An_empty_stream_returns_nothing()
    {
        CdbPath empty = await NewStream();
        Assert.Empty(await Read(new DataQuery(empty)));
        Assert.Equal("", await Times(new DataQuery(empty) { I1 = -5 }));
        Assert.Equal("", await Times(new DataQuery(empty) { I1 = 5 }));
        Assert.Equal(0, await Client.CountAsync(empty, Some.NoToken));
        Assert.Null(await Client.LastAsync(empty, Some.NoToken));
        Assert.Equal(0, await Client.IndexOfTimeAsync(empty, 5, Some.NoToken));
        StreamSummary summary = await Client.SummarizeAsync(new DataQuery(empty), Some.NoToken);
        Assert.Equal((0L, null, null, 0L, null), (summary.Count, summary.First, summary.Last, summary.Numbers, summary.Mean));
        Assert.Equal(new AppendResult(0, empty), await Client.AppendAsync(empty, Block.Empty, false, Some.NoToken));
    }

    [SkippableFact]
    public async Task Values_of_every_kind_are_restored_unchanged()
    {
        CdbPath stream = await NewStream();
        List<string> values = ["null", "true", "\"ü😀\\u0000\\\"\\\\<&>\"", "[]", "[1,[null,{\"a\":{}}]]", "{\"b\":1,\"a\":\"x\"}", "0", "1.5", "\"\""];
        if (IsLossless)
        {
            values.AddRange(["9223372036854775807", "9007199254740993", "-0.0", "0.1000000000000000055511151231257827", "5.0", "5e-324", "1.7976931348623157E308"]);
        }

        await Client.AppendAsync(stream, Points([.. values.Select((json, i) => (i + 1.0, json))]), false, Some.NoToken);
        List<Datapoint> read = await Read(new DataQuery(stream));
        Assert.Equal(values.Select(json => DataValue.Parse(json).ToJson()), read.Select(point => point.GetValue().ToJson()));
    }

    [SkippableTheory]
    [InlineData("1e400")]
    [InlineData("-1e999999999")]
    [InlineData("""{"a":[1,{"b":1e400}]}""")]
    public async Task A_number_that_no_double_holds_is_refused(string json)
    {
        CdbPath stream = await NewStream();
        Block block = Points((1, "1"), (2, json), (3, "3"));
        InvalidValueException error = await Assert.ThrowsAsync<InvalidValueException>(async () => await Client.AppendAsync(stream, block, false, Some.NoToken));
        Assert.Equal(1, error.Place);
        Assert.Contains("1.8e308", error.Message, StringComparison.Ordinal);
        Assert.Empty(await Read(new DataQuery(stream)));

        AppendOptions lenient = new() { OnInvalid = OnInvalid.RejectInvalid };
        AppendResult result = Assert.Single(await Client.AppendAsync([new StreamBlock(stream, block)], lenient, Some.NoToken));
        Assert.Equal([1], result.Rejected.Select(rejected => rejected.Index));
        Assert.Equal("1 3", await Times(new DataQuery(stream)));
    }

    [SkippableFact]
    public async Task Times_keep_every_bit()
    {
        CdbPath stream = await NewStream();
        double[] times = [0, 1448562342.1234567, 1448562342.1234569, 1448562343, 4e9 + (1 / 3.0)];
        if (IsLossless)
        {
            times = [-1e10, -0.1, .. times];
        }

        await Client.AppendAsync(stream, new Block(times, new NumberColumn(times)), false, Some.NoToken);
        Assert.Equal(times, (await Read(new DataQuery(stream))).Select(point => point.T));
    }

    [SkippableFact]
    public async Task A_value_of_a_megabyte_and_a_thousand_of_a_kilobyte_fit()
    {
        CdbPath stream = await NewStream();
        string big = new('ä', 500_000);
        await Client.AppendAsync(stream, Some.Point(1, DataValue.From(big)), false, Some.NoToken);
        string[] texts = Enumerable.Range(0, 1000).Select(i => new string((char)('a' + (i % 26)), 1000)).ToArray();
        await Client.AppendAsync(stream, new Block(Enumerable.Range(2, 1000).Select(i => (double)i).ToArray(), new TextColumn(texts)), false, Some.NoToken);

        List<Datapoint> read = await Read(new DataQuery(stream));
        Assert.Equal(big, read[0].Data);
        Assert.Equal(texts, read.Skip(1).Select(point => (string)point.Data!));
    }

    [SkippableFact]
    public async Task A_hundred_thousand_datapoints_are_exported_and_imported()
    {
        CdbPath stream = await NewStream();
        Assert.Equal(100_000, (await Client.AppendAsync(stream, Some.Numbers(100_000), false, Some.NoToken)).Count);
        List<Datapoint> read = await Read(new DataQuery(stream) { I1 = 1 });
        Assert.Equal(99_999, read.Count);
        Assert.Equal((100_000.0, 99_999.0), (read[^1].T, read[^1].GetValue().AsDouble()));
    }

    [SkippableFact]
    public async Task A_datapoint_without_time_gets_the_current_time()
    {
        CdbPath stream = await NewStream();
        await Client.AppendAsync(stream, Some.Point(1, DataValue.From(1.0)), false, Some.NoToken);
        await Client.AppendAsync(stream, Some.Point(double.NaN, DataValue.From(2.0)), false, Some.NoToken);
        Assert.True((await Client.LastAsync(stream, Some.NoToken))!.T > 1_000_000);
    }

    [SkippableFact]
    public async Task Decreasing_times_are_rejected_with_their_position_or_restamped_on_request()
    {
        CdbPath stream = await NewStream();
        await Client.AppendAsync(stream, Points((5.5, "1")), false, Some.NoToken);

        TimeOrderException error = await Assert.ThrowsAsync<TimeOrderException>(async ()
            => await Client.AppendAsync(stream, Points((6, "1"), (8, "2"), (7, "3")), false, Some.NoToken));
        Assert.Equal((2, stream), (error.Index, error.Stream));
        Assert.Equal(0, (await Assert.ThrowsAsync<TimeOrderException>(async ()
            => await Client.AppendAsync(stream, Points((5, "1"), (8, "2")), false, Some.NoToken))).Index);
        Assert.Equal(1, await Client.CountAsync(stream, Some.NoToken));

        await Client.AppendAsync(stream, Points((1, "1"), (8, "2")), true, Some.NoToken);
        Assert.Equal("5.5 5.5 8", await Times(new DataQuery(stream)));
    }

    [SkippableFact]
    public async Task Values_that_violate_the_schema_are_rejected_with_their_position()
    {
        CdbPath stream = await NewStream(new StreamDefinition { Schema = """{"type":"number","maximum":5}""" });
        SchemaViolationException error = await Assert.ThrowsAsync<SchemaViolationException>(async ()
            => await Client.AppendAsync(stream, Points((1, "1"), (2, "6")), false, Some.NoToken));
        Assert.Equal((1, stream), (error.Index, error.Stream));
        Assert.NotNull(error.Reason);
        Assert.Equal(0, await Client.CountAsync(stream, Some.NoToken));
    }

    [SkippableTheory]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.PositiveInfinity)]
    public async Task Numbers_that_JSON_cannot_represent_are_rejected_with_their_position(double value, double t)
    {
        CdbPath stream = await NewStream();
        InvalidValueException error = await Assert.ThrowsAsync<InvalidValueException>(async ()
            => await Client.AppendAsync(stream, new Block(new[] { 0, t }, new NumberColumn(new[] { 0, value })), false, Some.NoToken));
        Assert.Equal(1, error.Place);
    }

    [SkippableFact]
    public async Task Reading_ends_when_it_is_cancelled()
    {
        CdbPath stream = await NewStream();
        await Client.AppendAsync(stream, Some.Numbers(100_000), false, Some.NoToken);
        using CancellationTokenSource source = new();
        await using IAsyncEnumerator<Block> blocks = Client.ReadAsync(new DataQuery(stream), source.Token).GetAsyncEnumerator(source.Token);
        await blocks.MoveNextAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await blocks.MoveNextAsync())
            {
            }
        });
    }
}
