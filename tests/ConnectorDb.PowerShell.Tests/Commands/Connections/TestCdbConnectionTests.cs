using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Connections;

public sealed class TestCdbConnectionTests : ModuleTest
{
    [Fact]
    public void An_open_connection_answers_with_the_time_it_took()
    {
        Connect();
        var answer = Run("Test-CdbConnection").Single!;

        Assert.Equal(Store, answer.Properties["Location"].Value);
        Assert.True((TimeSpan)answer.Properties["RoundTrip"].Value > TimeSpan.Zero);
    }

    [Fact]
    public void Quiet_says_only_whether_there_is_an_answer()
    {
        Assert.Equal(false, Get("Test-CdbConnection -Quiet").Single()!.BaseObject);
        Connect();
        Assert.Equal(true, Get("Test-CdbConnection -Quiet").Single()!.BaseObject);
        Assert.Equal(false, Get("$c = Get-CdbConnection; Disconnect-Cdb; Test-CdbConnection $c -Quiet").Single()!.BaseObject);
    }

    [Fact]
    public void A_closed_connection_is_an_error()
    {
        Connect();
        Assert.Equal("StoreClosed", Run("$c = Get-CdbConnection; $c | Disconnect-Cdb; Test-CdbConnection $c").ErrorId);
    }

    [Fact]
    public void The_database_says_what_it_is()
    {
        Connect();
        var info = Run("New-CdbStream a | Out-Null; Get-CdbInfo").Single!;

        Assert.Equal(Store, info.Properties["Location"].Value);
        Assert.Equal("me/user", info.Properties["Identity"].Value.ToString());
        Assert.Equal(1L, info.Properties["Users"].Value);
        Assert.Equal(2L, info.Properties["Devices"].Value);
        Assert.Equal(1L, info.Properties["Streams"].Value);
    }
}
