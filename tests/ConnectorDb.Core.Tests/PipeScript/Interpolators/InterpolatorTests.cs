using ConnectorDb.Core.Queries;
using ConnectorDb.Core.Tests.Queries;

namespace ConnectorDb.Core.Tests.PipeScript.Interpolators;

public sealed class InterpolatorTests
{
    private static readonly CdbPath s_stream = CdbPath.Parse("u/d/s");

    /// <summary>Rows at 0, 2, 4, 6, 8 over 1 at 1, 5 at 2, 3 at 3, 2 at 4, 10 at 12.</summary>
    [Theory]
    [InlineData("before", "null 5 2 2 2")]
    [InlineData("after", "1 3 10 10 10")]
    [InlineData("closest", "1 5 2 2 2")]
    [InlineData("linear", "null 5 2 4 6")]
    [InlineData("count", "0 2 2 0 0")]
    [InlineData("sum", "0 6 5 0 0")]
    [InlineData("mean", "null 3 2.5 null null")]
    [InlineData("min", "null 1 2 null null")]
    [InlineData("max", "null 5 3 null null")]
    [InlineData("first", "null 1 3 null null")]
    [InlineData("last", "null 5 2 null null")]
    [InlineData("(mean)", "null 3 2.5 null null")]
    [InlineData("(first)", "null false false null null")]
    [InlineData("(last)", "null true true null null")]
    [InlineData("$ * 2 | sum", "null 12 10 null null")]
    [InlineData("if $ > 2", "null 5 3 null null")]
    public Task Each_interpolator_returns_its_value(string interpolator, string expected)
        => CheckAsync(interpolator, expected, (1, 1), (2, 5), (3, 3), (4, 2), (12, 10));

    [Theory]
    [InlineData("$", "3 null 5 null null")]
    [InlineData("sum | $", "6 null 5 null null")]
    public Task Scripts_work_at_times_before_1970(string script, string expected)
        => CheckAsync(script, expected, (-3, 9), (-1, 2), (-0.5, 1), (0, 3), (3, 5));

    [Fact]
    public Task A_script_restarts_at_each_row()
        => CheckAsync("anytrue", "null true true null false", (1, DataValue.From(true)), (2, DataValue.From(false)), (4, DataValue.From(true)), (8, DataValue.From(false)));

    [Fact]
    public Task The_earlier_one_wins_when_two_are_equally_close() => CheckAsync("closest", "1 1 3 3 3", (1, 1), (3, 3));

    [Fact]
    public Task Of_datapoints_with_equal_times_before_uses_the_last_and_after_the_first()
    {
        (double, DataValue)[] points = [(2, DataValue.From(1.0)), (2, DataValue.From(2.0)), (5, DataValue.From(3.0)), (5, DataValue.From(4.0))];
        return Task.WhenAll(CheckAsync("before", "null 2 2 4 4", points), CheckAsync("after", "1 3 3 null null", points));
    }

    [Fact]
    public Task A_null_is_a_value()
    {
        (double, DataValue)[] points = [(1, DataValue.From(-1.0)), (2, DataValue.Null), (3, DataValue.From(8.0))];
        return Task.WhenAll(
            CheckAsync("before", "null null 8 8 8", points),
            CheckAsync("count", "0 2 1 0 0", points),
            CheckAsync("mean", "null -0.5 8 null null", points),
            CheckAsync("max", "null null 8 null null", points),
            CheckAsync("linear", "null null null null null", points));
    }

    [Fact]
    public Task Texts_and_booleans_that_are_numbers_are_read_as_such()
        => CheckAsync("sum", "0 3.5 1 0 0", (1, DataValue.From(" 2.5 ")), (2, DataValue.From(1L)), (3, DataValue.From(true)));

    [Fact]
    public Task NaN_is_never_the_extreme()
    {
        (double, DataValue)[] points = [(1, DataValue.From(double.NaN)), (2, DataValue.From(1.0)), (3, DataValue.From(double.NaN)), (5, DataValue.From(-5.0))];
        return Task.WhenAll(CheckAsync("max", "null 1 null -5 null", points), CheckAsync("min", "null 1 null -5 null", points));
    }

    [Fact]
    public Task Other_values_are_unchanged()
        => CheckAsync("last", "null \"on\" {\"v\":[1]} null 9223372036854775807",
            (1, DataValue.From("on")), (3, DataValue.Parse("{\"v\":[1]}")), (8, DataValue.From(long.MaxValue)));

    private static Task CheckAsync(string interpolator, string expected, params (double T, double Value)[] points)
        => CheckAsync(interpolator, expected, points.Select(point => (point.T, DataValue.From(point.Value))).ToArray());

    private static async Task CheckAsync(string interpolator, string expected, params (double T, DataValue Value)[] points)
    {
        DatasetQuery query = new()
        {
            T1 = 0,
            T2 = 9,
            Dt = 2,
            Columns = [new() { Name = "v", Sources = [new DataQuery(s_stream)], Interpolator = interpolator, AllowNull = true }],
        };

        Rows rows = await Rows.OfAsync(Dataset.ReadAsync(query, new MemoryStreams(2).With(s_stream.ToString(), points)));

        Assert.Null(rows.Failure);
        Assert.Equal(string.Join('\n', expected.Split(' ').Select((value, i) => $"{2 * i} {{\"v\":{value}}}")), rows.ToString());
    }
}
