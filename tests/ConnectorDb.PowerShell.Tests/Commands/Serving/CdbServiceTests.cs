using System.Diagnostics;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Serving;

/// <summary>The units of Install-CdbService, in the eyes of systemd.</summary>
public sealed class CdbServiceTests : ModuleTest
{
    private const string OfMachine = "Install-CdbService -Scope AllUsers -DefinitionFolder $Folder/units";

    [SkippableTheory]
    [InlineData(OfMachine)]
    [InlineData("Install-CdbService -Scope CurrentUser -DefinitionFolder $Folder/units")]
    [InlineData(OfMachine + """ '/srv/a "b" %c $d\e;.cdb' -Name cellar -Account daemon -Url http://127.0.0.1:80, 'http://[::1]:3124'""")]
    [InlineData(OfMachine + " -Poll $Folder/poll.json -Config $Folder/config.json -Setting @{ LogFiles = 3; PollLogger = '/srv/cache.db' }")]
    public void systemd_accepts_the_unit(string script)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/systemd-analyze"), "There is no systemd-analyze here.");
        Files();

        string unit = (string)Get($"({script}).DefinitionPath").Single()!.BaseObject;

        using Process verify = Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", unit]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string said = verify.StandardOutput.ReadToEnd() + verify.StandardError.ReadToEnd();
        verify.WaitForExit();
        Assert.Equal((0, ""), (verify.ExitCode, said));
    }

    private void Files()
    {
        File.WriteAllText(Path.Combine(Folder, "poll.json"), """{"items": []}""");
        File.WriteAllText(Path.Combine(Folder, "config.json"), "{}");
    }
}
