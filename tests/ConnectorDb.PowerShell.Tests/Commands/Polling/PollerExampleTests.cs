using System.Text.RegularExpressions;
using ConnectorDb.PowerShell.Tests.Conventions;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Polling;

/// <summary>The examples on the pages about pollers, run one after the other.</summary>
public sealed partial class PollerExampleTests : ModuleTest
{
    [Theory]
    [InlineData("Add-CdbPollItem")]
    [InlineData("Get-CdbPollItem")]
    [InlineData("Get-CdbPoller")]
    [InlineData("Get-CdbSampler")]
    [InlineData("Register-CdbSampler")]
    [InlineData("Remove-CdbPollItem")]
    [InlineData("Start-CdbPoller")]
    [InlineData("Stop-CdbPoller")]
    public void Examples_run(string cmdlet)
    {
        Get("$ExecutionContext.SessionState.Path.SetLocation($Folder) | ForEach-Object { }");
        IEnumerable<string> examples = Fence().Matches(File.ReadAllText(ModuleCmdlets.PageFile(cmdlet))).Select(fence => fence.Groups["text"].Value);
        foreach (string example in examples)
        {
            Get(example);
        }
    }

    [GeneratedRegex(@"^```powershell[^\n]*\n(?<text>.*?)\r?\n```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
