using System.Net;
using System.Net.Sockets;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Connections;

/// <summary>Connect-Cdb -Url.</summary>
public sealed class ConnectServerTests : ModuleTest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_key_in_clear_or_sealed_logs_its_device_in_and_is_shown_nowhere()
    {
        ConnectToServer();
        Get("$sealed = [Net.NetworkCredential]::new('', $key).SecurePassword; $server = (Get-CdbServer).Url");

        Assert.Equal("me/user", Get("(Connect-Cdb -Url $server -ApiKey $sealed).Identity.ToString()").Single()!.ToString());
        string key = Get("$key").Single()!.ToString()!;
        string shown = Get("$c = Connect-Cdb -Url $server -ApiKey $key; \"$c $($c.Client) $($c.PSObject.Properties.Value) $($c.Client.PSObject.Properties.Value)\"").Single()!.ToString()!;
        Assert.Contains("me/user", shown);
        Assert.DoesNotContain(key, shown);
    }

    [Fact]
    public void Name_and_password_log_a_user_in()
    {
        ConnectToServer();
        Get("""
            $right = [pscredential]::new('bob', [Net.NetworkCredential]::new('', 'correct horse').SecurePassword)
            $wrong = [pscredential]::new('bob', [Net.NetworkCredential]::new('', 'battery staple').SecurePassword)
            $null = New-CdbUser -Credential $right -Email bob@example.org
            $url = (Get-CdbServer).Url
            """);

        Assert.Equal("bob/user", Get("(Connect-Cdb -Url $url -Credential $right).Identity.ToString()").Single()!.ToString());
        Assert.Equal(1.5, Get("$null = New-CdbStream a; 1.5 | Add-CdbDatapoint a; (Get-CdbDatapoint a).Data").Single()!.BaseObject);
        Assert.Equal("AuthenticationFailed", Run("Connect-Cdb -Url $url -Credential $wrong").ErrorId);
    }

    [Fact]
    public void Without_a_login_one_is_nobody_and_may_do_nothing()
    {
        ConnectToServer();
        Assert.Equal("nobody", Get("(Connect-Cdb -Url (Get-CdbServer).Url).Identity.ToString()").Single()!.ToString());
        Assert.Equal("NotFound", Run("Get-CdbStream me/user/x").ErrorId);
        foreach (string command in (string[])["Get-CdbStream", "Get-CdbStream x", "Get-CdbDatapoint x", "Get-CdbDevice"])
        {
            Assert.Contains("nobody is logged in", Run(command).Error.ToString());
        }
    }

    [Fact]
    public void Server_and_version_are_shown()
    {
        ConnectToServer();
        Assert.StartsWith("http://127.0.0.1:", Get("(Get-CdbConnection).Location").Single()!.ToString());
        Assert.Equal(
            Get("(Get-Module ConnectorDb).Version.ToString()").Single()!.ToString(),
            Get("(Test-CdbConnection).Version").Single()!.ToString());
        Assert.Equal("True", Get("Test-CdbConnection -Quiet").Single()!.ToString());
        Assert.Equal(1L, Get("(Get-CdbInfo).Users").Single()!.BaseObject);
        Assert.Equal("False", Get("Get-CdbServer | Stop-CdbServer; Test-CdbConnection -Quiet").Single()!.ToString());
    }

    [Fact]
    public void A_wrong_key_is_refused_without_being_shown()
    {
        ConnectToServer();
        var error = Run("Connect-Cdb -Url (Get-CdbServer).Url -ApiKey very-secret").Error;

        Assert.StartsWith("AuthenticationFailed", error.FullyQualifiedErrorId);
        Assert.DoesNotContain("very-secret", error.ToString());
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "StoreUnreachable", "http://127.0.0.1:1")]
    [InlineData("ftp://127.0.0.1", "InvalidValue", "http://127.0.0.1:3124")]
    [InlineData("somewhere", "InvalidValue", "http://127.0.0.1:3124")]
    [InlineData("http://me:secret@127.0.0.1:1", "InvalidValue", "-Credential")]
    public void Where_no_server_can_be_it_says_so_and_what_to_do(string url, string id, string hint)
    {
        var error = Run("Connect-Cdb -Url $args[0] -ApiKey x", url).Error;

        Assert.StartsWith(id, error.FullyQualifiedErrorId);
        Assert.Contains(hint, error.ToString());
        Assert.DoesNotContain("secret@", error.ToString());
    }

    [Fact]
    public void A_login_that_leaves_the_machine_unencrypted_is_warned_of()
    {
        var warnings = Run("Connect-Cdb -Url http://nowhere.invalid -ApiKey x").Warnings;
        Assert.Contains("'nowhere.invalid' unencrypted", Assert.Single(warnings));
    }

    [Fact]
    public async Task A_request_that_hangs_is_stopped_at_once()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var session = NewSession();
        using var pipeline = session.Start("Connect-Cdb -Url $args[0] -ApiKey x", $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");
        var running = pipeline.InvokeAsync();
        using var taken = await silent.AcceptTcpClientAsync().WaitAsync(s_patience);

        await Task.Factory.FromAsync(pipeline.BeginStop(null, null), pipeline.EndStop).WaitAsync(s_patience);

        await Assert.ThrowsAnyAsync<System.Management.Automation.RuntimeException>(() => running.WaitAsync(s_patience));
    }
}
