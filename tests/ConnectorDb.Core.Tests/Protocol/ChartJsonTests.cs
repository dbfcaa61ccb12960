using System.Text;
using ConnectorDb.Core.Protocol;
using ConnectorDb.Core.Protocol.Queries;

namespace ConnectorDb.Core.Tests.Protocol;

public sealed class ChartJsonTests
{
    private static readonly CdbPath s_stream = CdbPath.Parse("u/d/s");

    [Fact]
    public void Equal_elements_are_one_number_and_times_are_short()
    {
        StreamSummary[] hours = [Column(1e9, 3600, 0, 3599.5, 60, 7.5), Column(1e9 + 3600, 3600, 0, 3599.5, 60, 8), Column(1e9 + 7200, 3600, 0, 3599.5, 60, 9.25)];
        Assert.Equal("""{"start":1000000000,"from":[0,3600,7200],"length":3600,"t2":3599.5,"count":60,"min":[7.5,8,9.25],"sum":[450,480,555]}""", Text(hours));
        Survives(hours);
    }

    [Fact]
    public void Single_datapoints_are_times_and_values()
    {
        StreamSummary[] points = [Column(1e9 + 0.1, 0, 0, 0, 1, 20.5), Column(1e9 + 0.35, 0, 0, 0, 1, -1)];
        Assert.Equal("""{"start":1000000000.1,"from":[0,0.25],"min":[20.5,-1]}""", Text(points));
        Survives(points);
    }

    [Fact]
    public void States_are_indices_and_counts()
    {
        StreamSummary[] columns =
        [
            Column(0, 60, 1, 2, 3, null) with { States = [new("open", 3)] },
            Column(60, 60, 1, 2, 3, null) with { States = [new("closed", 1), new("open", 2)] },
            Column(120, 60, 1, 2, 3, 5),
        ];
        Assert.Contains("""
            "states":["open","closed"],"state":[0,[1,1,0,2],null]}
            """.Trim(), Text(columns), StringComparison.Ordinal);
        Survives(columns);
        Survives([Column(0, 60, 1, 2, 3, null) with { States = null }]);
        Survives([]);
    }

    [Fact]
    public void Infinite_sums_and_any_times_survive()
    {
        Random random = new(5);
        Survives([.. Enumerable.Range(0, 500).Select(i => Column(1.7e9 + (i / 7.0), 1 / 7.0, random.NextDouble() / 14, 1 / 14.0, i + 1, Math.Exp(random.Next(-300, 300))) with { Sum = i == 3 ? double.PositiveInfinity : i })]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"from":[0,1],"min":[1]}""")]
    [InlineData("""{"from":[0],"min":["x"]}""")]
    [InlineData("""{"from":[0],"states":["a"],"state":[1]}""")]
    [InlineData("""{"from":[0],"states":["a"],"state":[[0]]}""")]
    [InlineData("""{"from":[0],"states":[1],"state":[0]}""")]
    public void What_is_no_chart_is_refused(string json)
        => Assert.Throws<InvalidValueException>(() => ChartJson.Read(DataValue.Parse(Encoding.UTF8.GetBytes(json)), s_stream));

    private static StreamSummary Column(double from, double length, double first, double last, long count, double? number) => new()
    {
        Stream = s_stream.ToString(),
        FromT = from,
        ToT = from + length,
        FirstT = from + first,
        LastT = from + last,
        Count = count,
        Numbers = number is null ? 0 : count,
        Minimum = number,
        Maximum = number,
        Sum = number * count,
        States = [],
    };

    private static string Text(IReadOnlyList<StreamSummary> columns) => Encoding.UTF8.GetString(Wire.Bytes(writer => ChartJson.Write(writer, columns)));

    private static void Survives(IReadOnlyList<StreamSummary> columns)
    {
        IReadOnlyList<StreamSummary> read = ChartJson.Read(JsonFields.ParseValue(Wire.Bytes(writer => ChartJson.Write(writer, columns))), s_stream)!;
        Assert.Equal(columns.Select(Bare), read.Select(Bare));
        Assert.Equal(columns.Select(States), read.Select(States));

        static StreamSummary Bare(StreamSummary column) => column with { States = null };

        static string? States(StreamSummary column) => column.States is null ? null : string.Join(' ', column.States);
    }
}
