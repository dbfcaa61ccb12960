using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ConnectorDb.Testing;

/// <summary>A real agent of net-snmp on a folder and a port of its own, where the program is installed: a community, and users with and without encryption.</summary>
public sealed class SnmpAgent : IAsyncLifetime, IDisposable
{
    public const string Community = "secret-4471";
    public const string Password = "sesame-7391";

    private const string Program = "/usr/sbin/snmpd";
    private const int Tries = 10;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private readonly TempFolder _folder = new();
    private Process? _process;

    public string Authority { get; private set; } = "127.0.0.1:9";

    public async Task InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Program))
        {
            return;
        }

        for (int i = 1; !await IsStartedAsync(); i++)
        {
            Assert.True(i < Tries, "snmpd found no free port.");
        }
    }

    public void SkipWhenMissing() => Skip.If(_process is null, "A real SNMP agent is needed: the package 'snmpd'.");

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }

        _folder.Dispose();
    }

    private async Task<bool> IsStartedAsync()
    {
        using (UdpClient free = new(new IPEndPoint(IPAddress.Loopback, 0)))
        {
            Authority = $"{free.Client.LocalEndPoint}";
        }

        File.WriteAllText(_folder["snmpd.conf"], $"""
            agentaddress udp:{Authority}
            rocommunity {Community} 127.0.0.1
            createUser sha256 SHA-256 "{Password}" AES "{Password}"
            createUser sha SHA "{Password}" AES "{Password}"
            createUser sha512 SHA-512 "{Password}"
            rouser sha256 priv
            rouser sha priv
            rouser sha512 auth
            sysName agent.example
            sysLocation attic
            """);
        ProcessStartInfo start = new(Program, ["-f", "-Lo", "-C", "-c", _folder["snmpd.conf"], "-p", _folder["pid"]]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SNMP_PERSISTENT_DIR"] = _folder.Root;
        start.Environment["MIBS"] = "";
        Process process = Process.Start(start)!;
        using CancellationTokenSource patience = new(s_patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("NET-SNMP version", StringComparison.Ordinal))
            {
                _process = process;
                _ = process.StandardOutput.ReadToEndAsync();
                _ = process.StandardError.ReadToEndAsync();
                return true;
            }
        }

        await process.WaitForExitAsync();
        process.Dispose();
        return false;
    }
}
