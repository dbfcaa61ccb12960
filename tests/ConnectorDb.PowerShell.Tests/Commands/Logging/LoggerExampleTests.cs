using System.Text.RegularExpressions;
using ConnectorDb.PowerShell.Tests.Conventions;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Logging;

/// <summary>The examples on the pages about loggers, run one after the other.</summary>
public sealed partial class LoggerExampleTests : ModuleTest
{
    // The engine that tests host has the language and the core cmdlets only.
    private const string NotHere = "Get-Process";

    [Theory]
    [InlineData("Add-CdbLoggerStream")]
    [InlineData("Clear-CdbLogger")]
    [InlineData("Get-CdbLogger")]
    [InlineData("Measure-CdbCommand")]
    [InlineData("New-CdbLogger")]
    [InlineData("New-CdbMeasurement")]
    [InlineData("New-CdbSink")]
    [InlineData("Remove-CdbLogger")]
    [InlineData("Set-CdbLogger")]
    [InlineData("Start-CdbLogger")]
    [InlineData("Stop-CdbLogger")]
    [InlineData("Sync-CdbLogger")]
    [InlineData("Test-CdbSink")]
    [InlineData("Write-CdbEvent")]
    [InlineData("Write-CdbLog")]
    public void Examples_run(string cmdlet)
    {
        Get("$ExecutionContext.SessionState.Path.SetLocation($Folder) | ForEach-Object { }");
        IEnumerable<string> examples = Fence().Matches(File.ReadAllText(ModuleCmdlets.PageFile(cmdlet))).Select(fence => fence.Groups["text"].Value);
        foreach (string example in examples.Where(example => !example.Contains(NotHere, StringComparison.Ordinal)))
        {
            Get(example);
        }
    }

    [GeneratedRegex(@"^```powershell[^\n]*\n(?<text>.*?)\r?\n```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
