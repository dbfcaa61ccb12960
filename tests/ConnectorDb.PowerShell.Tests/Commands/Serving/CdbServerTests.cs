using System.Diagnostics;
using System.Globalization;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Serving;

/// <summary>Start-, Get- and Stop-CdbServer with real servers.</summary>
public sealed class CdbServerTests : ModuleTest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void Removing_the_module_ends_its_servers()
    {
        int id = (int)Get("(Start-CdbServer $Store -Url http://127.0.0.1:0).ProcessId").Single()!.BaseObject;

        Get("Remove-Module ConnectorDb");

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    [Fact]
    public void A_server_ends_when_its_session_is_killed()
    {
        using var shell = Pwsh.StartWithModule($"(Start-CdbServer '{Store}' -Url http://127.0.0.1:0).ProcessId; while ($true) {{ [Threading.Thread]::Sleep(20) }}");
        string line = shell.StandardOutput.ReadLine() ?? throw new EndOfStreamException(shell.StandardError.ReadToEnd());
        using var server = Process.GetProcessById(int.Parse(line, CultureInfo.InvariantCulture));
        shell.Kill();
        Assert.True(server.WaitForExit(s_patience));
    }
}
