using ConnectorDb.Core.Charts;

namespace ConnectorDb.Core.Tests.Charts;

public sealed class ChartAxisTests
{
    [Theory]
    [InlineData(13.8, 25, 7, "14 16 18 20 22 24", 13, 25)]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0", 0, 1)]
    [InlineData(5, 5, 5, "3 4 5 6 7", 2.5, 7.5)]
    [InlineData(-7.1, 18.3, 2, "0 20", -10, 20)]
    [InlineData(0, 0, 4, "-1.0 -0.5 0.0 0.5 1.0", -1, 1)]
    [InlineData(-1e12, 3e12, 4, "-1e12 0e0 1e12 2e12 3e12", -1e12, 3e12)]
    [InlineData(123456789, 123456791, 4, "1.23456789e8 1.234567895e8 1.2345679e8 1.234567905e8 1.23456791e8", 123456789, 123456791)]
    [InlineData(-1.7e308, 1.7e308, 4, "-1e308 0e0 1e308", -double.MaxValue, double.MaxValue)]
    [InlineData(-1e308, double.MaxValue, 2, "-1e308 0e0 1e308", -1e308, double.MaxValue)]
    [InlineData(double.MaxValue, double.MaxValue, 4, "1e308 1.5e308", 7.5e307, double.MaxValue)]
    [InlineData(0, double.Epsilon, 4, "-1.0 -0.5 0.0 0.5 1.0", -1, 1)]
    public void Values_have_round_ticks_and_little_slack(double minimum, double maximum, int ticks, string labels, double low, double high)
    {
        ValueAxis axis = ValueAxis.Around(minimum, maximum, ticks);
        Assert.Equal(labels, string.Join(' ', axis.Ticks.Select(tick => tick.Label)));
        Assert.Equal((low, high), (axis.Low, axis.High));
    }

    [Theory]
    [InlineData("2024-03-30T20:00Z", "2024-03-31T10:00Z", "Europe/Berlin", "31 Mar | 06:00 | 12:00")]
    [InlineData("2024-10-26T20:00Z", "2024-10-27T12:00Z", "Europe/Berlin", "27 Oct | 06:00 | 12:00")]
    [InlineData("2024-05-01T14:00Z", "2024-05-02T06:00Z", "UTC", "18:00 | 2 May | 06:00")]
    [InlineData("2024-05-01T23:50:20Z", "2024-05-02T00:00:50Z", "UTC", "23:55 | 2 May")]
    [InlineData("2024-05-01T00:00Z", "2024-05-01T04:00Z", "Asia/Kathmandu", "1 May 06:00 | 07:00 | 08:00 | 09:00")]
    [InlineData("2024-05-01T00:00Z", "2024-05-08T00:00Z", "UTC", "1 May | 3 May | 5 May | 7 May")]
    [InlineData("2024-01-15T00:00Z", "2024-12-20T00:00Z", "UTC", "Apr 2024 | Jul 2024 | Oct 2024")]
    [InlineData("2022-01-15T00:00Z", "2024-12-20T00:00Z", "UTC", "2023 | 2024")]
    [InlineData("1990-01-15T00:00Z", "2024-12-20T00:00Z", "UTC", "2000 | 2010 | 2020")]
    [InlineData("2024-05-01T10:00Z", "2024-05-01T10:00Z", "UTC", "1 May 09:59:30 | 09:59:45 | 10:00:00 | 10:00:15 | 10:00:30")]
    [InlineData("2024-05-01T10:00:00.1Z", "2024-05-01T10:00:00.9Z", "UTC", "1 May 10:00:00.200 | 10:00:00.400 | 10:00:00.600 | 10:00:00.800")]
    public void Times_have_ticks_of_the_clock_and_calendar_of_the_zone(string from, string to, string zone, string labels)
    {
        TimeAxis axis = TimeAxis.Between(Seconds(from), Seconds(to), TimeZones.Find(zone)!, 4);
        Assert.Equal(labels, string.Join(" | ", axis.Ticks.Select(tick => tick.Label)));
        Assert.All(axis.Ticks, tick => Assert.InRange(tick.Value, axis.From, axis.To));
    }

    private static double Seconds(string time) => UnixTime.FromDateTimeOffset(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
}
