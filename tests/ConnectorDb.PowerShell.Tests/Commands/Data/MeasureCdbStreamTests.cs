using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Data;

public class MeasureCdbStreamTests : ModuleTest
{
    public MeasureCdbStreamTests()
    {
        Connect();
        Get("New-CdbStream a; Add-CdbDatapoint a 1, 2, 'x', 6 -Timestamp 10, 20, 30, 40; New-CdbStream empty");
    }

    [Fact]
    public void A_stream_is_counted_and_its_numbers_are_summed_up()
    {
        var summary = Run("Measure-CdbStream a").Single!;

        Assert.Equal("me/user/a", summary.Properties["Stream"].Value.ToString());
        Assert.Equal(4L, summary.Properties["Count"].Value);
        Assert.Equal(3L, summary.Properties["Numbers"].Value);
        Assert.Equal(1.0, summary.Properties["Minimum"].Value);
        Assert.Equal(6.0, summary.Properties["Maximum"].Value);
        Assert.Equal(9.0, summary.Properties["Sum"].Value);
        Assert.Equal(3.0, summary.Properties["Mean"].Value);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(10), summary.Properties["First"].Value);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(40), summary.Properties["Last"].Value);
    }

    [Fact]
    public void A_range_includes_both_its_ends()
    {
        var summary = Run("Measure-CdbStream a -From 10 -To 20").Single!;

        Assert.Equal(2L, summary.Properties["Count"].Value);
        Assert.Equal(3.0, summary.Properties["Sum"].Value);
    }

    [Fact]
    public void Of_nothing_there_is_no_minimum()
    {
        var summary = Run("Measure-CdbStream empty").Single!;

        Assert.Equal(0L, summary.Properties["Count"].Value);
        Assert.Null(summary.Properties["Minimum"].Value);
        Assert.Null(summary.Properties["Mean"].Value);
        Assert.Null(summary.Properties["First"].Value);
    }

    [Fact]
    public void Streams_come_from_the_pipeline()
    {
        Assert.Equal([4L, 0L], Get("Get-CdbStream a, empty | Measure-CdbStream | ForEach-Object Count").Select(o => o!.BaseObject));
    }
}
