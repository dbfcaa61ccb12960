using System.Diagnostics;
using System.Net.Sockets;

namespace ConnectorDb.Testing;

/// <summary>A real agent of net-snmp: a community, and users with and without encryption.</summary>
public sealed class SnmpAgent() : LoopbackService("A real SNMP agent is needed: the package 'snmpd'.", Program)
{
    public const string Community = "secret-4471";
    public const string Password = "sesame-7391";

    private const string Program = "/usr/sbin/snmpd";

    public string Authority { get; private set; } = "127.0.0.1:9";

    protected override void ChoosePorts() => Authority = $"127.0.0.1:{FreePort(ProtocolType.Udp)}";

    protected override ProcessStartInfo Command()
    {
        File.WriteAllText(Folder["snmpd.conf"], $"""
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
        return new ProcessStartInfo(Program, ["-f", "-Lo", "-C", "-c", Folder["snmpd.conf"], "-p", Folder["pid"]])
        {
            Environment = { ["SNMP_PERSISTENT_DIR"] = Folder.Root, ["MIBS"] = "" },
        };
    }

    protected override bool IsReady(string line) => line.StartsWith("NET-SNMP version", StringComparison.Ordinal);
}
