using ConnectorDb.Columns;
using ConnectorDb.Core.Queries;

namespace ConnectorDb.Core.Tests.Queries;

public sealed class DatasetErrorTests
{
    private readonly MemoryStreams _streams = new MemoryStreams().With("u/d/a", (1, 1), (2, 2));

    public static TheoryData<double, double, double> BadTimes => new()
    {
        { 0, 5, 0 },
        { 0, 5, -1 },
        { 0, 5, double.NaN },
        { 0, double.PositiveInfinity, 1 },
        { double.NaN, 5, 1 },
        { 5, 5, 1 },
        { 5, 4, 1 },
        { 0, 0.5, 1 },
        { -1, 5, 1 },
        { 0, 100_000_000, 1 },
        { 0, 5, 0.0005 },
    };

    [Theory]
    [MemberData(nameof(BadTimes))]
    public Task Invalid_times_are_rejected(double t1, double t2, double dt)
        => RefusedAsync<InvalidRangeException>(Good with { T1 = t1, T2 = t2, Dt = dt });

    [Fact]
    public async Task Invalid_calendar_steps_are_rejected()
    {
        DatasetQuery daily = Good with { T1 = 0, T2 = 1e6, Dt = null, Step = new CalendarStep(1, CalendarUnit.Day), TimeZone = "UTC" };
        await RefusedAsync<InvalidRangeException>(daily with { TimeZone = null });
        await RefusedAsync<InvalidValueException>(daily with { TimeZone = "Europe/Nowhere" });
        await RefusedAsync<InvalidRangeException>(daily with { Dt = 5 });
        await RefusedAsync<InvalidRangeException>(daily with { T1 = -5 });
        await RefusedAsync<InvalidRangeException>(daily with { T2 = null });
        await RefusedAsync<InvalidRangeException>(daily with { T1 = 1, T2 = 86400 });
        await RefusedAsync<InvalidRangeException>(daily with { Step = null, Dt = 5 });
    }

    [Fact]
    public Task Rows_of_a_stream_have_no_start() => RefusedAsync<InvalidRangeException>(new DatasetQuery { X = [Column.Sources[0]], Columns = [Column], Stamp = RowStamp.Start });

    [Fact]
    public Task A_dataset_without_an_end_is_rejected() => RefusedAsync<InvalidRangeException>(Good with { T2 = null });

    [Fact]
    public async Task Force_allows_very_many_rows()
    {
        int count = 0;
        await foreach (Block block in Dataset.ReadAsync(Good with { T2 = 20_000_000, Force = true }, _streams))
        {
            count += block.Count;
            if (count > 10_000)
            {
                break;
            }
        }

        Assert.True(count > 10_000);
        Assert.Equal(0, _streams.OpenReads);
    }

    [Fact]
    public Task Steps_below_the_resolution_of_times_are_rejected_even_when_forced()
        => RefusedAsync<InvalidRangeException>(Good with { T1 = 1.7e9, T2 = 1.7e9 + 1, Dt = 1e-7, Force = true });

    [Fact]
    public Task A_dataset_without_columns_is_rejected() => RefusedAsync<InvalidValueException>(Good with { Columns = [] });

    [Fact]
    public Task A_column_without_a_name_is_rejected() => RefusedAsync<InvalidValueException>(Good with { Columns = [Column with { Name = "" }] });

    [Fact]
    public async Task Two_columns_of_one_name_are_rejected()
        => Assert.Contains("'a'", await RefusedAsync<InvalidValueException>(Good with { Columns = [Column, Column] }), StringComparison.Ordinal);

    [Fact]
    public Task A_column_without_a_stream_is_rejected() => RefusedAsync<InvalidValueException>(Good with { Columns = [Column with { Sources = [] }] });

    [Fact]
    public async Task A_column_called_x_is_rejected_in_a_dataset_over_a_stream()
    {
        DatasetQuery overTime = Good with { Columns = [Column with { Name = "x" }] };

        Assert.Null((await Rows.OfAsync(Dataset.ReadAsync(overTime, _streams))).Failure);
        await RefusedAsync<InvalidValueException>(new DatasetQuery { X = Column.Sources, Columns = overTime.Columns });
    }

    [Fact]
    public Task Rows_cannot_come_both_from_a_step_and_from_a_stream() => RefusedAsync<InvalidRangeException>(Good with { X = Column.Sources });

    [Fact]
    public async Task A_missing_stream_is_reported_even_without_rows()
    {
        _streams.With("u/d/empty", Array.Empty<(double, double)>());
        DatasetQuery query = new() { X = [new(CdbPath.Parse("u/d/empty"))], Columns = [Column with { Sources = [new(CdbPath.Parse("u/d/none"))] }] };

        Assert.Contains("u/d/none", await RefusedAsync<NotFoundException>(query), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_interpolator_is_rejected_with_the_nearest_known_one()
        => Assert.Contains("'closest'", await RefusedAsync<ScriptSyntaxException>(Good with { Columns = [Column with { Interpolator = "clossest" }] }), StringComparison.Ordinal);

    [Fact]
    public Task A_missing_interpolator_is_rejected() => RefusedAsync<ScriptSyntaxException>(Good with { Columns = [Column with { Interpolator = "" }] });

    [Theory]
    [InlineData(3, null)]
    [InlineData(2, 1)]
    [InlineData(-1, -2)]
    public Task An_index_range_that_starts_beyond_its_end_is_rejected(int i1, int? i2)
        => RefusedAsync<InvalidRangeException>(Good with { Columns = [Column with { Sources = [new(CdbPath.Parse("u/d/a")) { I1 = i1, I2 = i2 }] }] });

    private static DatasetColumn Column => new() { Name = "a", Sources = [new(CdbPath.Parse("u/d/a"))], Interpolator = "count" };

    private static DatasetQuery Good => new() { T1 = 0, T2 = 5, Dt = 1, Columns = [Column] };

    /// <summary>The message of the error, which comes before the first row.</summary>
    private async Task<string> RefusedAsync<T>(DatasetQuery query)
        where T : CdbException
    {
        Rows rows = await Rows.OfAsync(Dataset.ReadAsync(query, _streams));
        Assert.Empty(rows.Points);
        Assert.Equal(0, _streams.OpenReads);
        return Assert.IsType<T>(rows.Failure).Message;
    }
}
