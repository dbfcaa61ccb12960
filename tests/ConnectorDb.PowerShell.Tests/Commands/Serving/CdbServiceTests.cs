using System.Diagnostics;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Serving;

/// <summary>Install- and Uninstall-CdbService, as far as nothing is installed on this machine.</summary>
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

    [SkippableFact]
    public void Special_characters_of_systemd_are_escaped()
    {
        string unit = Written(OfMachine + """ '/srv/a "b" %c $d;.cdb' -Setting @{ Origins = 'a\b' }""");
        Assert.Contains("""--store "/srv/a \"b\" %%c $$d;.cdb" --url""", unit, StringComparison.Ordinal);
        Assert.Contains(@" ""--Origins=a\\b""", unit, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_machine_service_has_its_own_account_and_folder_and_minimal_rights()
    {
        string unit = Written(OfMachine);
        foreach (string line in new[] { "Type=notify", "Restart=on-failure", "User=connectordb", "StateDirectory=connectordb", "NoNewPrivileges=true", "ProtectSystem=full", "AmbientCapabilities=", "WantedBy=multi-user.target" })
        {
            Assert.Contains($"\n{line}\n", unit, StringComparison.Ordinal);
        }

        Assert.Contains("--store /var/lib/connectordb/store.cdb --url http://127.0.0.1:3124", unit, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_poller_service_can_ping_and_write_beside_its_file()
    {
        Files();
        string unit = Written(OfMachine + " -Poll $Folder/poll.json");
        Assert.Contains("\nAmbientCapabilities=CAP_NET_RAW\n", unit, StringComparison.Ordinal);
        Assert.Contains($"\nReadWritePaths=-{Folder}\n", unit, StringComparison.Ordinal);
        Assert.Contains($"--poll {Folder}/poll.json", unit, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_user_service_runs_as_the_user_with_the_default_store()
    {
        string unit = Written("Install-CdbService -Scope CurrentUser -DefinitionFolder $Folder/units");
        Assert.DoesNotContain("User=", unit, StringComparison.Ordinal);
        Assert.DoesNotContain("--store", unit, StringComparison.Ordinal);
        Assert.Contains("\nWantedBy=default.target\n", unit, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Writing_a_definition_again_replaces_it()
    {
        Written(OfMachine);
        string unit = Written(OfMachine + " -Url http://127.0.0.1:4000");
        Assert.Contains(":4000", unit, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(Folder, "units")));
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        Assert.Empty(Get("Install-CdbService $Store -Start -WhatIf; Install-CdbService -DefinitionFolder $Folder/units -WhatIf; Uninstall-CdbService -WhatIf"));
        Assert.Empty(Directory.GetFileSystemEntries(Folder));
    }

    [Theory]
    [InlineData("-Setting @{ 'Kestrel:Certificates:Default:Password' = 'x' }", "InvalidValue", "-Config")]
    [InlineData("-Poll $Folder/none.json", "NotFound", "none.json")]
    [InlineData("-Poll $Folder/wrong.json", "InvalidConfiguration", "line 2")]
    public void Invalid_services_are_not_installed(string arguments, string error, string says)
    {
        File.WriteAllText(Path.Combine(Folder, "wrong.json"), "{\n\"items\": 3}");
        var result = Run($"Install-CdbService {arguments} -WhatIf");
        Assert.Equal(error, result.ErrorId);
        Assert.Contains(says, result.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_systemd_or_service_is_an_error()
    {
        bool isWithout = OperatingSystem.IsLinux() && !Directory.Exists("/run/systemd/system");
        Assert.Equal(isWithout ? "NotAvailable" : "NotFound", Run("Uninstall-CdbService -Name cdb-test-none").ErrorId);
    }

    private void Files()
    {
        File.WriteAllText(Path.Combine(Folder, "poll.json"), """{"items": []}""");
        File.WriteAllText(Path.Combine(Folder, "config.json"), "{}");
    }

    private string Written(string script)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "There are units on Linux only.");
        return File.ReadAllText((string)Get($"({script}).DefinitionPath").Single()!.BaseObject);
    }
}
