using ConnectorDb.Core.PipeScript;

namespace ConnectorDb.Core.Tests.PipeScript.Transforms;

/// <summary>Clocks and calendars of zones, around the hours that some days have twice or not at all.</summary>
public sealed class ZoneTests
{
    // 2024-03-31 01:00 UTC: Berlin goes from 02:00 to 03:00. 2024-10-27 01:00 UTC: from 03:00 back to 02:00.
    private const double Spring = 1711846800;
    private const double Autumn = 1729990800;

    [Theory]
    [InlineData("dayhour('Europe/Berlin')", Spring - 1, "1")]
    [InlineData("dayhour('Europe/Berlin')", Spring, "3")]
    [InlineData("dayhour('Europe/Berlin')", Autumn - 1, "2")]
    [InlineData("dayhour('Europe/Berlin')", Autumn, "2")]
    [InlineData("dayhour('Europe/Berlin')", Autumn + 3600, "3")]
    [InlineData("dayhour('UTC')", Spring, "1")]
    [InlineData("dayhour('')", Spring, "1")]
    [InlineData("dayhour('Asia/Kolkata')", 1700000000, "3")]
    [InlineData("weekday('America/New_York')", 1700006400, "\"Tuesday\"")]
    [InlineData("weekday('Asia/Tokyo')", 1700006400, "\"Wednesday\"")]
    [InlineData("yearmonth('Pacific/Auckland')", 1704020400, "\"January\"")]
    [InlineData("year('UTC')", -1, "1969")]
    [InlineData("month('UTC')", 0, "1")]
    [InlineData("month('UTC')", -1, "0")]
    [InlineData("monthday('UTC')", 1709164800, "29")]
    [InlineData("yearday('UTC')", 1735603200, "366")]
    [InlineData("hour('UTC')", -1, "0")]
    [InlineData("hour('UTC')", -3600, "-1")]
    [InlineData("day('Europe/Berlin')", -3600, "0")]
    [InlineData("day('Europe/Berlin')", 82799, "0")]
    [InlineData("day('Europe/Berlin')", 82800, "1")]
    [InlineData("week('UTC')", 345600, "0")]
    [InlineData("week('UTC')", 950400, "1")]
    public void Dates_and_times_follow_the_zone(string script, double time, string expected)
        => Assert.Equal(expected, Blocks.Show(At(script, time).Output[0].Value));

    [Theory]
    [InlineData("Europe/Berlin", "W. Europe Standard Time")]
    [InlineData("Asia/Kolkata", "India Standard Time")]
    [InlineData("Asia/Calcutta", "India Standard Time")]
    [InlineData("US/Pacific", "Pacific Standard Time")]
    [InlineData("America/Argentina/Buenos_Aires", "Argentina Standard Time")]
    [InlineData("Etc/UTC", "UTC")]
    public void Windows_finds_a_zone_by_its_IANA_name_without_ICU(string name, string windows)
        => Assert.Equal(windows, TimeZones.WindowsName(name));

    [Theory]
    [InlineData("Europe/Berlin", 1)]
    [InlineData("europe/berlin", 1)]
    [InlineData("W. Europe Standard Time", 1)]
    [InlineData("India Standard Time", 5.5)]
    [InlineData("UTC", 0)]
    public void A_zone_is_found_by_its_IANA_or_Windows_name_in_any_case(string name, double hours)
        => Assert.Equal(TimeSpan.FromHours(hours), TimeZones.Find(name)!.BaseUtcOffset);

    [Theory]
    [InlineData("")]
    [InlineData("Europe/Nowhere")]
    [InlineData("../localtime")]
    public void Other_names_find_none(string name) => Assert.Null(TimeZones.Find(name));

    [Fact]
    public void Local_is_the_zone_of_the_settings()
    {
        Script script = Script.Parse("dayhour", new() { LocalZone = TimeZones.Find("Asia/Tokyo")! });

        Assert.Equal("0: 9", ScriptResult.Of(script, [Blocks.Narrow([new(0, DataValue.Null)])]).ToString());
    }

    [Theory]
    [InlineData(1e11)]
    [InlineData(-1e11)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_time_without_a_date_is_an_error(double time)
        => Assert.NotNull(At("year('UTC')", time).Error);

    private static ScriptResult At(string script, double time) => ScriptResult.Of(script, [Blocks.Narrow([new(time, DataValue.Null)])]);
}
