using ConnectorDb.Columns;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Tests.Queries;

public sealed class DatasetTests
{
    private const string A = "u/d/a";
    private const string B = "u/d/b";

    private readonly MemoryStreams _streams = new MemoryStreams(2)
        .With(A, (1, 10), (2, 20), (3, 30), (3, 31), (7, 70))
        .With(B, (0.5, 1), (2.5, 2), (4.5, 3));

    [Fact]
    public Task Rows_begin_at_the_start_and_end_before_the_end() => CheckTimesAsync(Every(1, 4, 1), [1.0, 2, 3]);

    [Fact]
    public Task Rows_follow_until_the_end() => CheckTimesAsync(Every(1, 4.01, 1.5), [1.0, 2.5, 4]);

    [Fact]
    public Task Row_times_are_found_by_adding_the_step_again_and_again() => CheckTimesAsync(Every(0, 0.45, 0.1), [0, 0.1, 0.1 + 0.1, 0.1 + 0.1 + 0.1, 0.1 + 0.1 + 0.1 + 0.1]);

    [Fact]
    public async Task Columns_come_in_the_order_given()
    {
        Rows rows = await ReadAsync(Every(2, 4, 1) with { Columns = [Column("z", A, "before"), Column("a", B, "count")] });

        Assert.Equal("""
            2 {"z":20,"a":0}
            3 {"z":31,"a":1}
            """, rows.ToString());
    }

    [Fact]
    public async Task Rows_over_a_stream_have_its_times_and_its_values_as_x()
    {
        Rows rows = await ReadAsync(new DatasetQuery { X = [Query(A)], Columns = [Column("b", B, "closest")] });

        Assert.Equal("""
            1 {"x":10,"b":1}
            2 {"x":20,"b":2}
            3 {"x":30,"b":2}
            3 {"x":31,"b":2}
            7 {"x":70,"b":3}
            """, rows.ToString());
    }

    [Fact]
    public async Task Rows_may_have_the_times_of_several_streams_merged()
    {
        Rows rows = await ReadAsync(new DatasetQuery { X = [Query(A) with { T1 = 2 }, Query(B)], Columns = [Column("n", A, "count")] });

        Assert.Equal([0.5, 2.5, 3, 3, 4.5, 7], rows.Points.Select(row => row.T));
    }

    [Fact]
    public async Task A_column_may_be_a_merge_of_streams()
    {
        DatasetColumn both = new() { Name = "n", Sources = [Query(A), Query(B)], Interpolator = "count" };

        Rows rows = await ReadAsync(Every(2, 5, 1) with { Columns = [both] });

        Assert.Equal("2 {\"n\":1}\n3 {\"n\":3}\n4 {\"n\":0}", rows.ToString());
    }

    [Theory]
    [InlineData("count", "1")]
    [InlineData("sum", "20")]
    [InlineData("mean", "20")]
    [InlineData("first", "20")]
    [InlineData("max", "20")]
    public async Task The_first_row_covers_one_step_like_all_others(string interpolator, string first)
    {
        Rows rows = await ReadAsync(Every(2, 4, 1) with { Columns = [Column("a", A, interpolator)] });

        Assert.Equal($"2 {{\"a\":{first}}}", rows.ToString().Split('\n')[0]);
    }

    [Fact]
    public async Task The_first_row_covers_its_whole_step()
    {
        MemoryStreams dense = new MemoryStreams(7).With(A, Enumerable.Range(1, 100).Select(i => (i / 10.0, 1.0)).ToArray());

        Rows rows = await Rows.OfAsync(Dataset.ReadAsync(Every(8, 12, 4) with { Columns = [Column("n", A, "count")] }, dense));

        Assert.Equal("8 {\"n\":40}", rows.ToString());
    }

    [Fact]
    public async Task Over_a_stream_the_first_row_covers_the_datapoints_after_the_start()
    {
        DatasetQuery query = new() { X = [Query(A) with { T1 = 2 }], Columns = [Column("n", B, "count"), Column("b", B, "before")] };

        Rows rows = await ReadAsync(query);

        Assert.Equal("3 {\"x\":30,\"n\":1,\"b\":2}", rows.ToString().Split('\n')[0]);
    }

    [Fact]
    public async Task The_first_row_uses_a_value_from_before_the_start()
    {
        Rows rows = await ReadAsync(Every(100, 101, 1) with { Columns = [Column("before", A, "before"), Column("closest", B, "closest")] });

        Assert.Equal("100 {\"before\":70,\"closest\":3}", rows.ToString());
    }

    [Fact]
    public async Task A_column_with_its_own_range_uses_only_that()
    {
        DatasetColumn own = Column("a", A, "before") with { Sources = [Query(A) with { T1 = 2, T2 = 3 }], AllowNull = true };

        Rows rows = await ReadAsync(Every(2, 9, 2) with { Columns = [own] });

        Assert.Equal("2 {\"a\":null}\n4 {\"a\":31}\n6 {\"a\":31}\n8 {\"a\":31}", rows.ToString());
    }

    [Theory]
    [InlineData("count", 2)]
    [InlineData("first", 20)]
    [InlineData("last", 30)]
    public async Task The_first_row_of_a_column_with_its_own_range_covers_all_of_it(string interpolator, double first)
    {
        _streams.With("u/d/own", (1, 10), (2, 20), (3, 30), (8, 80));
        DatasetColumn own = Column("a", "u/d/own", interpolator) with { Sources = [Query("u/d/own") with { T1 = 1 }] };

        Rows rows = await ReadAsync(Every(7, 9, 1) with { Columns = [own], PostTransform = "$('a')" });

        Assert.Equal(first, rows.Points[0].Value.AsDouble());
    }

    [Theory]
    [InlineData(false, "1 10\n2 20\n3 30.5\n7 70")]
    [InlineData(true, "1 10\n2 20\n3 30.5\n4 0\n5 0\n6 0\n7 70")]
    public async Task The_mean_of_nothing_is_null_unless_a_query_of_ConnectorDB_03_asks(bool hasZeroMeans, string expected)
    {
        DatasetQuery query = Every(1, 8, 1) with { Columns = [Column("m", A, "mean")], PostTransform = "$('m')", HasZeroMeans = hasZeroMeans };

        Assert.Equal(expected, (await ReadAsync(query)).ToString());
    }

    [Theory]
    [InlineData("count", "1 1\n2 1\n3 2\n4 0\n5 0\n6 0\n7 1")]
    [InlineData("first", "1 10\n2 20\n3 30\n7 70")]
    [InlineData("last", "1 10\n2 20\n3 31\n7 70")]
    [InlineData("before", "1 10\n2 20\n3 31\n4 31\n5 31\n6 31\n7 70")]
    public async Task Rows_with_the_time_of_their_start_cover_the_step_that_begins_there(string interpolator, string expected)
    {
        DatasetQuery query = Every(1, 8, 1) with { Columns = [Column("a", A, interpolator)], PostTransform = "$('a')", Stamp = RowStamp.Start };

        Assert.Equal(expected, (await ReadAsync(query)).ToString());
    }

    [Fact]
    public async Task Rows_without_a_value_are_left_out_unless_they_are_allowed()
    {
        DatasetColumn a = Column("a", A, "last");

        Rows strict = await ReadAsync(Every(1, 8, 1) with { Columns = [a, Column("b", B, "before")] });
        Rows lenient = await ReadAsync(Every(1, 8, 1) with { Columns = [a with { AllowNull = true }] });

        Assert.Equal([1.0, 2, 3, 7], strict.Points.Select(row => row.T));
        Assert.Equal("4 {\"a\":null}", lenient.ToString().Split('\n')[3]);
    }

    [Fact]
    public async Task X_may_be_null()
    {
        _streams.With("u/d/gaps", (1, DataValue.Null), (2, DataValue.From(true)));

        Rows rows = await ReadAsync(new DatasetQuery { X = [Query("u/d/gaps")], Columns = [Column("n", A, "count")] });

        Assert.Equal("1 {\"x\":null,\"n\":1}\n2 {\"x\":true,\"n\":1}", rows.ToString());
    }

    [Fact]
    public async Task Rows_before_a_failure_are_returned()
    {
        _streams.With("u/d/bad", (1, DataValue.From(1.0)), (2, DataValue.From(2.0)), (3, DataValue.From("oops")), (4, DataValue.From(4.0)));

        Rows rows = await ReadAsync(Every(0, 5, 1) with { Columns = [Column("n", A, "count"), Column("s", "u/d/bad", "sum")] });

        Assert.Equal("0 {\"n\":0,\"s\":0}\n1 {\"n\":1,\"s\":1}\n2 {\"n\":1,\"s\":2}", rows.ToString());
        ScriptRuntimeException failure = Assert.IsType<ScriptRuntimeException>(rows.Failure);
        Assert.Equal(3, failure.T);
        Assert.Contains("\"oops\"", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, _streams.OpenReads);
    }

    [Fact]
    public async Task Columns_of_numbers_stay_columns_of_numbers()
    {
        await foreach (Block block in Dataset.ReadAsync(Every(1, 5, 1) with { Columns = [Column("a", A, "closest"), Column("m", B, "mean")] }, _streams))
        {
            RecordColumn record = Assert.IsType<RecordColumn>(block.Values);
            Assert.All(record.Fields, field => Assert.IsType<NumberColumn>(field));
        }
    }

    private static DatasetQuery Every(double t1, double t2, double dt) => new() { T1 = t1, T2 = t2, Dt = dt, Columns = [Column("n", A, "count")] };

    private static DatasetColumn Column(string name, string stream, string interpolator)
        => new() { Name = name, Sources = [Query(stream)], Interpolator = interpolator };

    private static DataQuery Query(string stream) => new(CdbPath.Parse(stream));

    private Task<Rows> ReadAsync(DatasetQuery query) => Rows.OfAsync(Dataset.ReadAsync(query, _streams));

    private async Task CheckTimesAsync(DatasetQuery query, double[] times)
    {
        Rows rows = await ReadAsync(query);
        Assert.Equal(times, rows.Points.Select(row => row.T));
    }
}
