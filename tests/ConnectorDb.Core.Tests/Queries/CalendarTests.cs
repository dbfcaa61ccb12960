using System.Globalization;
using ConnectorDb.Core.Queries;
using CsCheck;

namespace ConnectorDb.Core.Tests.Queries;

/// <summary>Datasets with rows at the starts of days, weeks, months and so on.</summary>
public sealed class CalendarTests
{
    private const string Stream = "u/d/s";

    private static readonly string[] s_zones =
    [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "America/Sao_Paulo", "America/Havana",
        "Asia/Kathmandu", "Asia/Beirut", "America/Nuuk", "UTC",
    ];

    private static readonly string[] s_interpolators = ["before", "after", "closest", "linear", "count", "sum", "mean", "min", "max", "first", "last"];

    /// <summary>Days around changes of clocks: of the years, and the one that Samoa skipped.</summary>
    private static readonly DateTime[] s_days =
    [
        new(2011, 12, 20), new(2018, 10, 25), new(2018, 11, 1), new(2024, 3, 1), new(2024, 3, 25), new(2024, 4, 2), new(2024, 10, 1), new(2024, 10, 20),
        new(2024, 11, 1), new(2026, 2, 25), new(2026, 12, 20),
    ];

    [SkippableTheory]
    [InlineData("Europe/Berlin", "1d", "2026-03-27T23:00Z", "2026-03-31", "2026-03-27T23:00Z 2026-03-28T23:00Z 2026-03-29T22:00Z 2026-03-30T22:00Z")]
    [InlineData("Europe/Berlin", "1d", "2026-03-28T00:00Z", "2026-03-31", "2026-03-28T23:00Z 2026-03-29T22:00Z 2026-03-30T22:00Z")]
    [InlineData("Europe/Berlin", "1d", "2026-10-24", "2026-10-27", "2026-10-24T22:00Z 2026-10-25T23:00Z 2026-10-26T23:00Z")]
    [InlineData("Europe/Berlin", "1w", "2026-03-20", "2026-04-07", "2026-03-22T23:00Z 2026-03-29T22:00Z 2026-04-05T22:00Z")]
    [InlineData("Europe/Berlin", "1mo", "2026-01-15", "2026-05-01", "2026-01-31T23:00Z 2026-02-28T23:00Z 2026-03-31T22:00Z 2026-04-30T22:00Z")]
    [InlineData("Europe/Berlin", "1q", "2026-01-15", "2026-11-01", "2026-03-31T22:00Z 2026-06-30T22:00Z 2026-09-30T22:00Z")]
    [InlineData("UTC", "1y", "2024-01-01", "2026-02-01", "2024-01-01T00:00Z 2025-01-01T00:00Z 2026-01-01T00:00Z")]
    [InlineData("UTC", "2d", "2026-03-01", "2026-03-06", "2026-03-01T00:00Z 2026-03-03T00:00Z 2026-03-05T00:00Z")]
    [InlineData("UTC", "3mo", "2026-02-02", "2026-12-31", "2026-03-01T00:00Z 2026-06-01T00:00Z 2026-09-01T00:00Z 2026-12-01T00:00Z")]
    [InlineData("America/New_York", "1d", "2026-03-07T12:00Z", "2026-03-10", "2026-03-08T05:00Z 2026-03-09T04:00Z")]
    [InlineData("Australia/Lord_Howe", "1d", "2026-04-03T20:00Z", "2026-04-07", "2026-04-04T13:00Z 2026-04-05T13:30Z 2026-04-06T13:30Z")]
    [InlineData("Asia/Kolkata", "1d", "2026-03-28", "2026-03-30", "2026-03-28T18:30Z 2026-03-29T18:30Z")]
    [InlineData("Pacific/Apia", "1d", "2011-12-28T12:00Z", "2012-01-01", "2011-12-29T10:00Z 2011-12-30T10:00Z 2011-12-31T10:00Z")]
    [InlineData("America/Sao_Paulo", "1d", "2018-11-03", "2018-11-06", "2018-11-03T03:00Z 2018-11-04T03:00Z 2018-11-05T02:00Z")]
    [InlineData("America/Havana", "1d", "2026-10-31", "2026-11-03", "2026-10-31T04:00Z 2026-11-01T04:00Z 2026-11-02T05:00Z")]
    [InlineData("W. Europe Standard Time", "1d", "2026-07-01", "2026-07-02", "2026-07-01T22:00Z")]
    public async Task Rows_lie_at_the_starts_of_calendar_units_in_the_zone(string zone, string step, string from, string to, string expected)
    {
        Skip.If(OperatingSystem.IsWindows() && zone == "Pacific/Apia", "Windows lets a zone change its offset at the end of a year only, so no day is missing there.");
        DatasetQuery query = Query(zone, step, Seconds(from), Seconds(to));

        Rows rows = await Rows.OfAsync(Dataset.ReadAsync(query, new MemoryStreams().With(Stream, (1, 1))));

        Assert.Equal(expected, string.Join(' ', rows.Points.Select(row => UnixTime.ToDateTimeOffset(row.T).ToString("yyyy-MM-ddTHH:mm'Z'", CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData(RowStamp.Start, "24 23 24")]
    [InlineData(RowStamp.End, "1 24 23")]
    public async Task A_day_has_as_many_hours_as_the_zone_gives_it(RowStamp stamp, string expected)
    {
        double start = Seconds("2026-03-27T23:00Z");
        MemoryStreams hours = new MemoryStreams(100).With(Stream, Enumerable.Range(0, 24 + 23 + 24).Select(hour => (start + (3600 * hour), 1.0)).ToArray());
        DatasetQuery query = Query("Europe/Berlin", "1d", start, Seconds("2026-03-30T22:00Z")) with { Stamp = stamp, PostTransform = "$('v')" };

        Rows rows = await Rows.OfAsync(Dataset.ReadAsync(query, hours));

        Assert.Equal(expected, string.Join(' ', rows.Points.Select(row => row.Value)));
    }

    [Fact]
    public Task A_dataset_by_calendar_equals_the_naive_one()
        => Gen.Select(
                OneOf(s_zones), OneOf(s_days), Gen.Int[0, 96 * 8], Gen.Int[1, 96 * 70], OneOf(Enum.GetValues<CalendarUnit>()), Gen.Int[1, 3],
                Gen.Select(Gen.Int[-96 * 9, 96 * 70], Gen.Int[-20, 20]).Array[0, 60], OneOf(Enum.GetValues<RowStamp>()))
            .SampleAsync(async (zone, day, offset, length, unit, count, points, stamp) =>
            {
                double start = UnixTime.FromDateTimeOffset(new DateTimeOffset(day, TimeSpan.Zero)) + (NaiveCalendar.Quarter * offset);
                double end = start + (NaiveCalendar.Quarter * length);
                (double T, DataValue Value)[] stream =
                    [.. points.OrderBy(point => point.Item1).Select(point => (start + (NaiveCalendar.Quarter * point.Item1), DataValue.From(point.Item2 / 4.0)))];
                DatasetQuery query = Query(zone, new CalendarStep(count, unit).ToString(), start, end) with
                {
                    Stamp = stamp,
                    Columns = [.. s_interpolators.Select(interpolator => Column(interpolator, interpolator))],
                };
                double[] rows = NaiveCalendar.Rows(TimeZones.Find(zone)!, unit, count, start, end, out double previous, out double next);

                Rows actual = await Rows.OfAsync(Dataset.ReadAsync(query, new MemoryStreams(7).With(Stream, stream)));

                if (rows.Length == 0)
                {
                    Assert.IsType<InvalidRangeException>(actual.Failure);
                    return;
                }

                double[] all = [previous, .. rows, next];
                IEnumerable<(double, DataValue)> expected = rows.Select((row, i) => (row, Row(stream, row, stamp == RowStamp.End ? (all[i], row) : (Math.BitDecrement(row), Math.BitDecrement(all[i + 2])))));
                Assert.Equal(new Rows([.. expected], null).ToString(), actual.ToString());
            }, iter: 300);

    private static DataValue Row((double T, DataValue Value)[] stream, double row, (double After, double UpTo) interval)
        => DataValue.From(new DataObject([.. s_interpolators.Select((name, i) => KeyValuePair.Create(
            name,
            i < 4 ? NaiveDataset.Value(name, stream, 0, row) : NaiveDataset.Value(name, stream, interval.After, interval.UpTo)))]));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static DatasetQuery Query(string zone, string step, double from, double to) => new()
    {
        T1 = from,
        T2 = to,
        Step = CalendarStep.Parse(step),
        TimeZone = zone,
        Columns = [Column("v", "count")],
    };

    private static DatasetColumn Column(string name, string interpolator)
        => new() { Name = name, Sources = [new DataQuery(CdbPath.Parse(Stream))], Interpolator = interpolator, AllowNull = true };

    private static double Seconds(string time) => UnixTime.FromDateTimeOffset(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
}
