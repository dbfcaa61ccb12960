using System.Diagnostics;
using System.Globalization;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Serving;

/// <summary>Start-, Get- and Stop-CdbServer with real servers.</summary>
public sealed class CdbServerTests : ModuleTest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_server_answers_when_it_was_started_and_is_gone_when_it_was_stopped()
    {
        dynamic server = Get("Start-CdbServer $Store -Url http://127.0.0.1:0").Single()!;
        using var http = new HttpClient();

        Assert.Equal("0.3.0", await http.GetStringAsync((string)server.Url + "/api/v1/meta/version"));
        Assert.Equal("Running", server.Status.ToString());
        Assert.Equal(Store, server.Store);

        int id = server.ProcessId;
        Get("Get-CdbServer | Stop-CdbServer");
        Assert.Equal("Stopped", server.Status.ToString());
        Assert.Empty(Get("Get-CdbServer"));
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    [Fact]
    public void An_address_in_use_is_said()
    {
        Get("$first = Start-CdbServer $Store -Url http://127.0.0.1:0");

        var result = Run("Start-CdbServer $Folder/other.cdb -Url $first.Url");

        Assert.Equal("ServerNotStarted", result.ErrorId);
        Assert.EndsWith("or give another address with --url.", result.Error.ToString());
        Assert.DoesNotContain("   at ", result.Error.ToString());
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", true)]
    [InlineData("http://127.0.0.1:0", false)]
    public void One_that_others_reach_without_TLS_is_warned_of(string url, bool warns)
    {
        Get($"$server = Start-CdbServer $Store -Url {url} -WarningVariable warned -WarningAction SilentlyContinue");

        Assert.Equal(warns, Get("$warned -like '*without TLS*'").Count > 0);
        Get("Stop-CdbServer $server");
    }

    [Fact]
    public void A_file_that_is_no_store_and_a_setting_that_is_none_are_said()
    {
        File.WriteAllText(Store, "This is a text, and quite long enough to be taken for something else than a database.");

        Assert.Contains("not a", Run("Start-CdbServer $Store -Url http://127.0.0.1:0").Error.ToString());
        Assert.Contains("'nonsense'", Run("Start-CdbServer $Folder/new.cdb -Setting @{ nonsense = 1 }").Error.ToString());
    }

    [Fact]
    public void A_server_that_dies_is_listed_as_failed()
    {
        int id = (int)Get("(Start-CdbServer $Store -Url http://127.0.0.1:0).ProcessId").Single()!.BaseObject;
        using (var process = Process.GetProcessById(id))
        {
            process.Kill();
            Assert.True(process.WaitForExit(s_patience));
        }

        Assert.Equal("Failed", Get("(Get-CdbServer).Status.ToString()").Single()!.BaseObject);
        Get("Get-CdbServer | Stop-CdbServer");
    }

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
