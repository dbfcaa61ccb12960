using System.Diagnostics;
using System.Globalization;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Subscriptions;

/// <summary>Ctrl+C in the real pwsh.</summary>
public sealed class InterruptTests : ModuleTest
{
    [SkippableFact]
    public void Ctrl_C_stops_a_watch_and_the_script_still_cleans_up()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows sends Ctrl+C to a whole console and not to a process.");
        using var process = Pwsh.StartWithModule($$"""
            $null = Connect-Cdb -Path '{{Store}}'
            $null = New-CdbStream a
            Add-CdbDatapoint a 'watching'
            try { Watch-CdbStream a -Last 1 | ForEach-Object Data } finally { 'cleaned up' | Out-Host }
            'never'
            """);
        Assert.Equal("watching", process.StandardOutput.ReadLine());

        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        PwshExit exit = Pwsh.End(process);

        Assert.Equal(["cleaned up"], exit.Lines);
        Assert.Empty(exit.Error);
    }
}
