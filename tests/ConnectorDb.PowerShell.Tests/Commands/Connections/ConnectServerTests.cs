using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using ConnectorDb.PowerShell.Tests.Hosting;

namespace ConnectorDb.PowerShell.Tests.Commands.Connections;

/// <summary>Connect-Cdb -Url.</summary>
public sealed class ConnectServerTests : ModuleTest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_login_that_is_not_given_is_asked_for()
    {
        Get("""
            $null = Connect-Cdb -Path $Store
            $null = New-CdbUser ada -Password (ConvertTo-SecureString 'a long enough password' -AsPlainText -Force)
            $server = Start-CdbServer $Store -Url http://127.0.0.1:0
            """);
        var url = Get("$server.Url").Single();
        var host = new AskedHost(new PSCredential("ada", new NetworkCredential("", "a long enough password").SecurePassword));
        using (var session = new ModuleSession(host))
        {
            Assert.Equal("ada/user", session.Get("(Connect-Cdb $args[0]).Identity.ToString()", url).Single()!.ToString());
            Assert.Single(host.Questions);
        }

        using (var session = new ModuleSession(new AskedHost(null)))
        {
            var result = session.Run("(Connect-Cdb -Url $args[0]).Identity.ToString()", url);
            Assert.Equal("nobody", result.Single!.ToString());
            Assert.Single(result.Warnings);
        }
    }

    [Fact]
    public async Task A_hanging_request_is_stopped_at_once()
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
