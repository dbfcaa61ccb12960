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

    [SkippableFact]
    public async Task Where_ASP_NET_Core_is_missing_the_one_of_the_module_serves()
    {
        Skip.IfNot(OperatingSystem.IsLinux() || OperatingSystem.IsWindows(), "The module brings ASP.NET Core for Windows and Linux only.");
        using var shell = Pwsh.StartWithModule(
            $"exit [ConnectorDb.PowerShell.Serving.ServerProgram]::Run(@('--until-input-ends', '--store', '{Store}', '--url', 'http://127.0.0.1:0'))");
        var log = shell.StandardError.ReadToEndAsync();
        string ready = await shell.StandardOutput.ReadLineAsync() ?? throw new EndOfStreamException(await log);
        Assert.StartsWith("ready http://127.0.0.1:", ready);

        using var http = new HttpClient();
        Assert.Equal("0.3.0", await http.GetStringAsync(ready["ready ".Length..] + "/api/v1/meta/version"));

        shell.StandardInput.Close();
        Assert.True(shell.WaitForExit(s_patience));
        Assert.Equal(0, shell.ExitCode);
    }
}
