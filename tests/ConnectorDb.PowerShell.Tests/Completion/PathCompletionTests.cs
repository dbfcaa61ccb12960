using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Completion;

public sealed class PathCompletionTests : ModuleTest
{
    private static readonly string s_complete = "param($line) [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText";

    [Theory]
    [InlineData("Get-CdbDatapoint te", "temperature")]
    [InlineData("Get-CdbDatapoint -Stream 'te", "'temperature'")]
    [InlineData("Get-CdbDatapoint pi/", "pi/light")]
    [InlineData("Get-CdbDatapoint me/pi/l", "me/pi/light")]
    [InlineData("Get-CdbDatapoint me/p", "me/pi/")]
    [InlineData("Get-CdbDatapoint p", "pi/")]
    [InlineData("Add-CdbDatapoint te", "temperature")]
    [InlineData("Set-CdbStream te", "temperature")]
    [InlineData("Get-CdbDevice p", "pi")]
    [InlineData("Reset-CdbApiKey me/p", "me/pi")]
    [InlineData("Get-CdbUser m", "me")]
    [InlineData("Test-CdbItem m", "me")]
    [InlineData("Test-CdbItem me/p", "me/pi")]
    [InlineData("Test-CdbItem me/pi/", "me/pi/light")]
    [InlineData("New-CdbDevice x -Role r", "reader")]
    public void A_path_is_completed_part_by_part(string line, string expected)
    {
        Connect();
        Get("New-CdbStream temperature; New-CdbDevice pi -Stream @{ light = @{} }");

        Assert.Equal(expected, string.Join(' ', Get(s_complete, line)));
    }

    [Fact]
    public void Without_a_connection_there_is_nothing_to_offer_and_no_store_is_made()
    {
        Assert.DoesNotContain(Get(s_complete, "Get-CdbDatapoint -Stream x"), o => o is not null);
        Assert.Empty(Get("Get-CdbConnection"));
    }
}
