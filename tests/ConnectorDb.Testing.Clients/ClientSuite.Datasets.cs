using System.Globalization;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;

namespace ConnectorDb.Testing.Clients;

public abstract partial class ClientSuite
{
    [SkippableTheory]
    [InlineData("mean", "20:15 40:35 60:55")]
    [InlineData("count", "20:2 40:2 60:2")]
    [InlineData("sum", "20:30 40:70 60:110")]
    [InlineData("max", "20:20 40:40 60:60")]
    [InlineData("first", "20:10 40:30 60:50")]
    [InlineData("linear", "20:20 40:40 60:60")]
    [InlineData("sum | if last", "20:30 40:70 60:110")]
    public async Task The_first_row_of_a_dataset_covers_one_step(string interpolator, string expected)
        => Assert.Equal(expected, await Values(new DatasetQuery { T1 = 20, T2 = 61, Dt = 20, Columns = [Column(await TenPoints(), interpolator)] }));

    [SkippableTheory]
    [InlineData("mean", false, "40:40 50:50")]
    [InlineData("mean", true, "40:40 45:null 50:50 55:null")]
    [InlineData("count", false, "40:1 45:0 50:1 55:0")]
    [InlineData("last", true, "40:40 45:null 50:50 55:null")]
    public async Task A_row_without_a_value_is_left_out_or_shows_null(string interpolator, bool allowNull, string expected)
    {
        DatasetQuery query = new() { T1 = 40, T2 = 56, Dt = 5, Columns = [Column(await TenPoints(), interpolator) with { AllowNull = allowNull }] };

        Assert.Equal(expected, await Values(query));
        Assert.Equal(expected, await Values(query with { PostTransform = "$" }));
    }

    [SkippableFact]
    public async Task Rows_follow_the_calendar_of_a_zone_and_have_the_time_of_their_start_or_end()
    {
        const double Midnight = 1774652400;
        CdbPath stream = await NewStream();
        double[] hours = [.. Enumerable.Range(0, 71).Select(hour => Midnight + (3600 * hour))];
        await Client.AppendAsync(stream, new Block(hours, new NumberColumn(hours)), false, Some.NoToken);
        DatasetQuery query = new() { T1 = Midnight, T2 = Midnight + (3600 * 71), Step = new CalendarStep(1, CalendarUnit.Day), TimeZone = "Europe/Berlin", Columns = [Column(stream, "count")] };

        Assert.Equal($"{Midnight}:1 {Midnight + (3600 * 24)}:24 {Midnight + (3600 * 47)}:23", await Values(query));
        Assert.Equal($"{Midnight}:24 {Midnight + (3600 * 24)}:23 {Midnight + (3600 * 47)}:24", await Values(query with { Stamp = RowStamp.Start }));
    }

    [SkippableFact]
    public async Task A_column_uses_its_own_range_limit_and_transform()
    {
        CdbPath stream = await TenPoints();
        await CheckAsync(new DataQuery(stream) { T1 = 20 }, "count", "60:4 70:1");
        await CheckAsync(new DataQuery(stream) { I1 = 10 }, "count", "60:0 70:0");
        await CheckAsync(new DataQuery(stream) { I1 = 2, Limit = 2 }, "sum", "60:70 70:0");
        await CheckAsync(new DataQuery(stream) { I2 = 4, Limit = 2, Transform = "$ * 2" }, "before", "60:40 70:40");
        await CheckAsync(new DataQuery(stream) { Transform = "sum" }, "before", "60:210 70:280");
        await CheckAsync(new DataQuery(stream) { Limit = 3 }, "before", "60:30 70:30");

        async Task CheckAsync(DataQuery source, string interpolator, string expected)
            => Assert.Equal(expected, await Values(new DatasetQuery { T1 = 60, T2 = 71, Dt = 10, Columns = [Column(stream, interpolator) with { Sources = [source] }] }));
    }

    [SkippableFact]
    public async Task A_dataset_over_a_stream_starts_with_its_range()
    {
        CdbPath stream = await TenPoints();
        DatasetQuery query = new() { X = [new DataQuery(stream) { T1 = 60, T2 = 80 }], Columns = [Column(stream, "count"), Column(stream, "closest") with { Name = "w" }] };

        Assert.Equal("70:1 80:1", await Values(query));
        Assert.Equal("60:6 70:1 80:1", await Values(query with { X = [new DataQuery(stream) { I1 = 5, I2 = 8 }] }));
        Assert.Equal("", await Values(query with { X = [new DataQuery(stream) { T1 = 500 }] }));
        Assert.Equal(["x", "v", "w"], (await Rows(query))[0].GetValue().AsObject().Select(member => member.Key));
    }

    [SkippableFact]
    public async Task Results_before_the_failure_of_a_script_are_delivered()
    {
        CdbPath stream = await NewStream();
        await Client.AppendAsync(stream, Points((1, "1"), (2, "2"), (3, "\"oops\""), (4, "4")), false, Some.NoToken);

        Assert.Equal([2.0, 3.0], await BeforeFailure(Client.ReadAsync(new DataQuery(stream) { Transform = "$ + 1" }, Some.NoToken), point => point.GetValue().AsDouble()));
        Assert.Equal([1.0, 2.0], await BeforeFailure(Client.DatasetAsync(new DatasetQuery { T1 = 1, T2 = 5, Dt = 1, Columns = [Column(stream, "sum")] }, Some.NoToken), row => Field(row, "v")));
        Assert.Empty(await BeforeFailure(Client.ReadAsync(new DataQuery(stream) { I1 = 2, Transform = "$ + 1" }, Some.NoToken), point => point.T));

        static async Task<List<double>> BeforeFailure(IAsyncEnumerable<Block> blocks, Func<Datapoint, double> select)
        {
            List<double> read = [];
            await Assert.ThrowsAsync<ScriptRuntimeException>(async () =>
            {
                await foreach (Block block in blocks)
                {
                    read.AddRange(Enumerable.Range(0, block.Count).Select(i => select(block.At(i))));
                }
            });
            return read;
        }
    }

    [SkippableFact]
    public async Task The_error_of_a_query_names_the_stream_and_no_type()
    {
        CdbPath missing = NewPath();

        await CheckAsync(Client.MergeAsync([new DataQuery(missing)], Some.NoToken));
        await CheckAsync(Client.DatasetAsync(new DatasetQuery { T1 = 1, T2 = 5, Dt = 1, Columns = [Column(missing, "sum")] }, Some.NoToken));

        async Task CheckAsync(IAsyncEnumerable<Block> blocks)
        {
            NotFoundException error = await Assert.ThrowsAsync<NotFoundException>(() => Some.Points(blocks));
            Assert.Contains(missing.ToString(), error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("Query", error.Message, StringComparison.Ordinal);
        }
    }

    private static DatasetColumn Column(CdbPath stream, string interpolator) => new() { Name = "v", Sources = [new DataQuery(stream)], Interpolator = interpolator };

    /// <summary>The times and the column <c>v</c>.</summary>
    private async Task<string> Values(DatasetQuery query)
        => string.Join(' ', (await Rows(query)).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.T}:{Field(row, "v")}").Replace("NaN", "null", StringComparison.Ordinal)));
}
