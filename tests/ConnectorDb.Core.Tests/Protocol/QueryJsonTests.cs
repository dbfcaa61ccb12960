using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Queries;

namespace ConnectorDb.Core.Tests.Protocol;

public sealed class QueryJsonTests
{
    private static readonly CdbPath s_stream = CdbPath.Parse("u/d/s");

    public static TheoryData<DataQuery> Queries =>
    [
        new(s_stream),
        new(s_stream) { I1 = 3, I2 = -1 },
        new(s_stream) { T1 = 1448562342.123, T2 = 1448562343.9 },
        new(s_stream) { T1 = -5, T2 = -1, Limit = 3 },
        new(s_stream.ToDownlink()) { I1 = -2, Transform = "$[\"a b\"] + 1 | if last & x" },
    ];

    [Theory]
    [MemberData(nameof(Queries))]
    public void A_query_survives_body_and_URL_parameters(DataQuery query)
    {
        Assert.Equal(query, DataQueryJson.Read(Wire.Fields(writer => DataQueryJson.Write(writer, query))));
        Assert.Equal(query, DataQueryParameters.Read(query.Stream, Wire.Parameters(DataQueryParameters.Write(query))));
    }

    [Fact]
    public void Real_zeros_are_sent_as_equivalent_nonzero_numbers()
    {
        Assert.Equal(-double.MaxValue, Again(new DataQuery(s_stream) { I1 = 0, I2 = 0 }).T2);
        Assert.Equal(double.Epsilon, Again(new DataQuery(s_stream) { T1 = 0 }).T1);
        Assert.Equal(double.Epsilon, Again(new DataQuery(s_stream) { T2 = 0 }).T2);
        Assert.Equal(-double.MaxValue, Again(new DataQuery(s_stream) { Limit = 0 }).T2);
        Assert.Equal(-double.MaxValue, Again(new DataQuery(s_stream) { T1 = 5, Limit = 0 }).T2);
        Assert.Equal(double.MaxValue, Again(new DataQuery(s_stream) { T1 = double.PositiveInfinity }).T1);
    }

    [Fact]
    public void Received_zeros_mean_not_set()
    {
        DataQuery query = DataQueryJson.Read(JsonFields.Parse("""{"stream":"u/d/s","i1":0,"i2":0,"t1":0,"t2":0,"limit":0,"transform":""}"""u8));
        Assert.Equal(new DataQuery(s_stream), query);
        Assert.Equal(new DataQuery(s_stream), DataQueryParameters.Read(s_stream, Wire.Parameters("i1=0&i2=0&t1=7")));
        Assert.Equal(new DataQuery(s_stream) { I1 = 1, Limit = 2 }, DataQueryParameters.Read(s_stream, Wire.Parameters("i1=1&limit=2")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("limit=5")]
    [InlineData("i1=x")]
    [InlineData("t1=1&t2=z")]
    [InlineData("t1=NaN")]
    [InlineData("t1=Infinity")]
    [InlineData("t1=1&t2=-Infinity")]
    [InlineData("t1=1&t2=1e999")]
    [InlineData("i1=NaN")]
    public void An_invalid_range_is_rejected(string parameters)
        => Assert.Throws<InvalidRangeException>(() => DataQueryParameters.Read(s_stream, Wire.Parameters(parameters)));

    [Fact]
    public void Datasets_are_read_back()
    {
        DatasetColumn[] columns =
        [
            new() { Name = "b", Sources = [new DataQuery(s_stream) { Transform = "$" }], Interpolator = "mean", AllowNull = true },
            new() { Name = "a", Sources = [new DataQuery(s_stream), new DataQuery(s_stream) { I1 = 5 }], Interpolator = "sum | if last" },
        ];
        Same(new DatasetQuery { T1 = 1, T2 = 10, Dt = 0.5, Columns = columns, PostTransform = "$[\"a\"]", Force = true });
        Same(new DatasetQuery { T1 = 1, T2 = 10, Step = new CalendarStep(2, CalendarUnit.Month), TimeZone = "Europe/Berlin", Stamp = RowStamp.Start, HasZeroMeans = true, Columns = columns });
        Same(new DatasetQuery { X = [new DataQuery(s_stream) { T1 = 5, T2 = 9 }], T1 = 5, Columns = columns });
        Same(new DatasetQuery { X = [new DataQuery(s_stream) { I1 = 5 }], T1 = 5, Columns = columns });
        Same(new DatasetQuery { X = [new DataQuery(s_stream), new DataQuery(s_stream) { Limit = 2 }], T1 = 5, Columns = columns });
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"dataset":[]}""")]
    [InlineData("""{"dataset":{"a":null}}""")]
    [InlineData("""{"dataset":{"a":{"interpolator":"sum"}}}""")]
    [InlineData("""{"dataset":{"a":{"stream":"u/d/s","merge":[],"interpolator":"sum"}}}""")]
    [InlineData("""{"dataset":{"a":{"merge":[null]}}}""")]
    [InlineData("""{"dataset":{"a":{"merge":[],"transform":"$"}}}""")]
    [InlineData("""{"stream":"u/d/s","merge":[],"dataset":{}}""")]
    [InlineData("""{"t1":"5","dataset":{}}""")]
    [InlineData("""{"t1":1,"t2":1e999,"dt":1,"dataset":{"a":{"stream":"u/d/s","interpolator":"sum"}}}""")]
    [InlineData("""{"dt":1e999,"dataset":{"a":{"stream":"u/d/s","interpolator":"sum"}}}""")]
    [InlineData("""{"dt":"1 fortnight","dataset":{"a":{"stream":"u/d/s","interpolator":"sum"}}}""")]
    [InlineData("""{"dt":"0d","dataset":{"a":{"stream":"u/d/s","interpolator":"sum"}}}""")]
    [InlineData("""{"dt":1,"stamp":"middle","dataset":{"a":{"stream":"u/d/s","interpolator":"sum"}}}""")]
    public void An_invalid_dataset_is_rejected(string json)
        => Assert.Throws<InvalidValueException>(() => DatasetQueryJson.Read(JsonFields.Parse(System.Text.Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("""{"t1":1,"t2":9,"dt":1,"i1":2,"dataset":{"a":{"stream":"u/d/s","interpolator":"sum"}}}""")]
    [InlineData("""{"t1":1,"t2":9,"dt":1,"i2":-2,"dataset":{"a":{"stream":"u/d/s","interpolator":"sum"}}}""")]
    public void Rows_at_regular_times_have_no_range_by_index(string json)
        => Assert.Throws<InvalidRangeException>(() => DatasetQueryJson.Read(JsonFields.Parse(System.Text.Encoding.UTF8.GetBytes(json))));

    private static DataQuery Again(DataQuery query) => DataQueryParameters.Read(query.Stream, Wire.Parameters(DataQueryParameters.Write(query)));

    private static void Same(DatasetQuery query)
    {
        DatasetQuery again = DatasetQueryJson.Read(Wire.Fields(writer => DatasetQueryJson.Write(writer, query)));
        Assert.Equal((query.T1, query.T2, query.Dt, query.PostTransform, query.Force), (again.T1, again.T2, again.Dt, again.PostTransform, again.Force));
        Assert.Equal((query.Step, query.TimeZone, query.Stamp, query.HasZeroMeans), (again.Step, again.TimeZone, again.Stamp, again.HasZeroMeans));
        Assert.Equal(query.X, again.X);
        Assert.Equal(query.Columns.Select(column => (column.Name, column.Interpolator, column.AllowNull)), again.Columns.Select(column => (column.Name, column.Interpolator, column.AllowNull)));
        Assert.Equal(query.Columns.SelectMany(column => column.Sources), again.Columns.SelectMany(column => column.Sources));
    }
}
