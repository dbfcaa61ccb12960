using System.Diagnostics;
using System.Globalization;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Shell;

public sealed class InterruptTests
{
    [SkippableFact]
    public void Ctrl_C_stops_a_script_which_still_cleans_up_and_ends_with_code_130()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows sends Ctrl+C to a whole console and not to a process.");
        using var folder = new TemporaryFolder();
        var script = folder.Write("test.ps1", """
            'started'
            try { while ($true) { [System.Threading.Thread]::Sleep(20) } } finally { 'cleaned up' | Out-Host }
            'never'
            """);

        using var process = ShellProcess.Start(script);
        Assert.Equal("started", process.StandardOutput.ReadLine());
        Interrupt(process);
        var exit = ShellProcess.End(process);

        Assert.Equal(["cleaned up"], exit.Lines);
        Assert.Equal(130, exit.Code);
        Assert.Empty(exit.Error);
    }

    private static void Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
