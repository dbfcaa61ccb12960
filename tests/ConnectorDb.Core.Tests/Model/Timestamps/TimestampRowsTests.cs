using System.Globalization;
using ConnectorDb.Timestamps;

namespace ConnectorDb.Core.Tests.Model.Timestamps;

/// <summary>The times of rows through the hour that occurs twice.</summary>
public sealed class TimestampRowsTests
{
    private static readonly TimestampOptions s_berlin = new() { TimeZone = TimeZones.Find("Europe/Berlin")! };

    [Theory]
    [InlineData("half hours", "01:30 02:00 02:30 02:00 02:30 03:00", "23:30 00:00 00:30 01:00 01:30 02:00")]
    [InlineData("hours", "01:00 02:00 02:00 03:00", "23:00 00:00 01:00 02:00")]
    [InlineData("irregular", "01:59 02:40 02:10 02:20 04:00", "23:59 00:40 01:10 01:20 03:00")]
    [InlineData("from the hour on", "02:30 02:00 03:00", "00:30 01:00 02:00")]
    [InlineData("up to the hour", "01:30 02:30 02:00", "23:30 00:30 01:00")]
    [InlineData("only the two hours", "02:10 02:40 02:10 02:40", "00:10 00:40 01:10 01:40")]
    [InlineData("two sensors", "01:30 01:30 02:00 02:00 02:30 02:30 02:00 02:00 03:00", "23:30 23:30 00:00 00:00 00:30 00:30 01:00 01:00 02:00")]
    public void Order_of_the_rows_says_which_hour_it_is(string _, string local, string utc)
    {
        (string accepted, string refused) = Read(local);
        Assert.Equal(utc, accepted);
        Assert.Equal("", refused);
    }

    [Theory]
    [InlineData("no row goes back", "01:30 02:15 03:00", "23:30 02:00", "02:15")]
    [InlineData("times without order", "01:30 02:30 02:10 02:40 02:20 03:00", "23:30 02:00", "02:30 02:10 02:40 02:20")]
    [InlineData("newest first", "03:00 02:30 02:00 01:30", "02:00 23:30", "02:30 02:00")]
    [InlineData("only this hour", "02:30 02:00", "", "02:30 02:00")]
    [InlineData("only this hour, maybe newest first", "02:10 02:40 02:10", "", "02:10 02:40 02:10")]
    [InlineData("equal times are usual", "01:00 01:00 02:00 02:00 03:00 03:00", "23:00 23:00 02:00 02:00", "02:00 02:00")]
    [InlineData("does not exist", "2026-03-29T01:30 2026-03-29T02:30 2026-03-29T03:00", "00:30 01:00", "2026-03-29T02:30")]
    public void Where_the_order_does_not_say_it_the_rows_are_refused(string _, string local, string utc, string rejected)
    {
        (string accepted, string refused) = Read(local);
        Assert.Equal(utc, accepted);
        Assert.Equal(rejected, refused);
    }

    [Fact]
    public void Each_year_has_an_hour_of_its_own()
    {
        (string accepted, string refused) = Read("2025-10-26T02:30 2025-10-26T02:00 2026-10-25T02:30 2026-10-25T02:00 2026-10-25T03:00");
        Assert.Equal("00:30 01:00 00:30 01:00 02:00", accepted);
        Assert.Equal("", refused);
    }

    private static (string Accepted, string Refused) Read(string times)
    {
        List<string> accepted = [];
        List<string> refused = [];
        TimestampRows<string> rows = new(
            new TimestampParser(s_berlin),
            (_, seconds) => accepted.Add(UnixTime.ToDateTimeOffset(seconds).ToString("HH:mm", CultureInfo.InvariantCulture)),
            (row, _) => refused.Add(row));
        foreach (string time in times.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            rows.Add(time.Contains('T', StringComparison.Ordinal) ? time : $"2026-10-25 {time}", time);
        }

        rows.Complete();
        Assert.Equal(0, rows.Waiting);
        return (string.Join(' ', accepted), string.Join(' ', refused));
    }
}
