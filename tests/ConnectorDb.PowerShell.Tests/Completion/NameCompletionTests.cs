using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Completion;

public sealed class NameCompletionTests : ModuleTest
{
    private static readonly string s_complete = "param($line) [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText";

    [Theory]
    [InlineData("New-CdbStream x -Schema n", "null number")]
    [InlineData("Set-CdbStream x -Schema bo", "boolean")]
    public void A_schema_is_completed_by_its_short_name(string line, string expected)
        => Assert.Equal(expected, string.Join(' ', Get(s_complete, line)));

    [Theory]
    [InlineData("Get-CdbPollItem lo", "load 'lone wolf'")]
    [InlineData("Remove-CdbPollItem 'lone", "'lone wolf'")]
    public void An_item_is_completed_by_its_name(string line, string expected)
    {
        Get("$poller = Start-CdbPoller; Add-CdbPollItem load exec.value 'echo 1' -Interval 1h; Add-CdbPollItem 'lone wolf' system.uptime -Interval 1h");

        Assert.Equal(expected, string.Join(' ', Get(s_complete, line)));
    }
}
