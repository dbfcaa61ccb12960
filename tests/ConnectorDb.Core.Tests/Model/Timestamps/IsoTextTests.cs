using System.Globalization;
using ConnectorDb.Timestamps;

namespace ConnectorDb.Core.Tests.Model.Timestamps;

/// <summary>Times that are written as ISO 8601 text and read back.</summary>
public sealed class IsoTextTests
{
    [Theory]
    [InlineData(1769882400, "2026-01-31T18:00:00Z")]
    [InlineData(1769882400.125, "2026-01-31T18:00:00.125Z")]
    [InlineData(1769882400.1234567, "2026-01-31T18:00:00.1234567Z")]
    [InlineData(-0.1, "1969-12-31T23:59:59.9Z")]
    [InlineData(0.0000015, "1970-01-01T00:00:00.0000015Z")]
    [InlineData(1e18, "1E+18")]
    public void Text_has_the_zone_and_all_digits(double seconds, string text) => Assert.Equal(text, IsoText.Of(seconds));

    [Fact]
    public void Text_of_every_time_reads_back_as_the_same_double_in_every_culture_and_zone()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        Random random = new(1);
        try
        {
            foreach (string name in (string[])["en-GB", "th-TH", "de-DE", "sv-SE", "ar-SA", "fa-IR", "tr-TR"])
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                TimestampParser parser = new(new TimestampOptions { TimeZone = TimeZones.Find("Australia/Lord_Howe")! });
                for (int i = 0; i < 20_000; i++)
                {
                    double seconds = Next(random);
                    Assert.True(parser.TryParse(IsoText.Of(seconds), out double read, out string? reason), reason);
                    Assert.Equal(seconds, read);
                }
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Date_of_NET_of_a_time_of_today_converts_back_to_the_same_double()
    {
        Random random = new(2);
        for (int i = 0; i < 100_000; i++)
        {
            double seconds = (1L << 30) + (random.NextDouble() * (1L << 32));
            Assert.Equal(seconds, UnixTime.FromDateTimeOffset(UnixTime.ToDateTimeOffset(seconds)));
        }
    }

    private static double Next(Random random) => random.Next(5) switch
    {
        0 => Math.Round(1e9 + (random.NextDouble() * 1e9), random.Next(8)),
        1 => 1e9 + (random.NextDouble() * 1e9),
        2 => random.NextDouble() * Math.Pow(10, -random.Next(30)) * (random.Next(2) == 0 ? 1 : -1),
        3 => (random.NextDouble() * 3e11) - 6e10 is var far && UnixTime.IsInCalendar(far) ? far : 0,
        _ => random.Next(),
    };

    [Fact]
    public void The_last_time_of_the_calendar_stays_in_its_year()
    {
        double last = UnixTime.FromDateTimeOffset(DateTimeOffset.MaxValue);
        Assert.True(UnixTime.IsInCalendar(last));
        Assert.StartsWith("9999-12-31T23:59:59.9999", IsoText.Of(last), StringComparison.Ordinal);
        Assert.False(UnixTime.IsInCalendar(Math.BitIncrement(last)));
    }
}
