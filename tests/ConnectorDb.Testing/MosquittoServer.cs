using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ConnectorDb.Testing;

/// <summary>A real Mosquitto: one port without a login, one over TLS with a login, and one over TLS that requires a client certificate.</summary>
public sealed class MosquittoServer() : LoopbackService("A real MQTT broker is needed: the packages 'mosquitto' and 'mosquitto-clients'.", Program, $"{Tools}/mosquitto_pub")
{
    public const string User = "sensor";
    public const string Password = "sesame-7391";

    private const string Program = "/usr/sbin/mosquitto";
    private const string Tools = "/usr/bin";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private int _plain;
    private int _encrypted;
    private int _certified;

    /// <summary>The address without a login.</summary>
    public string Url => $"mqtt://127.0.0.1:{_plain}";

    /// <summary>The address over TLS, which needs the login.</summary>
    public string EncryptedUrl => $"mqtts://localhost:{_encrypted}";

    /// <summary>The address over TLS, which needs the client certificate.</summary>
    public string CertifiedUrl => $"mqtts://localhost:{_certified}";

    /// <summary>The client certificate that the broker accepts.</summary>
    public string CertificateFile => Folder["client.pem"];

    /// <summary>The private key of the client certificate.</summary>
    public string KeyFile => Folder["client.key"];

    /// <summary>The certificate that the broker presents.</summary>
    public string CaFile => Folder["server.pem"];

    /// <summary>Publishes a message with QoS 1.</summary>
    public Task PublishAsync(string topic, string payload, bool retain = false)
        => ToolProcess.RunAsync(Client("mosquitto_pub", ["-t", topic, "-m", payload, .. (string[])(retain ? ["-r"] : [])]));

    /// <summary>Publishes a file line by line, each as a message of QoS 1.</summary>
    public async Task PublishLinesAsync(string topic, IEnumerable<string> lines)
    {
        using Process process = ToolProcess.Start(Client("mosquitto_pub", "-l", "-t", topic));
        foreach (string line in lines)
        {
            await process.StandardInput.WriteLineAsync(line);
        }

        process.StandardInput.Close();
        await ToolProcess.EndAsync(process);
    }

    /// <summary>The messages of a session that began before, up to one with the given payload: topic, space, payload.</summary>
    public async Task<IReadOnlyList<string>> ReceiveAsync(string client, string topic, string last)
    {
        using CancellationTokenSource patience = new(s_patience);
        using Process process = ToolProcess.Start(Client("mosquitto_sub", "-c", "-i", client, "-v", "-t", topic));
        List<string> messages = [];
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line && !line.EndsWith($" {last}", StringComparison.Ordinal))
        {
            messages.Add(line);
        }

        process.Kill();
        await process.WaitForExitAsync(patience.Token);
        return messages;
    }

    /// <summary>Begins a session of a client, which keeps all later messages.</summary>
    public Task BeginSessionAsync(string client, string topic)
        => ToolProcess.RunAsync(Client("mosquitto_sub", "-c", "-i", client, "-E", "-t", topic));

    /// <summary>Ends the broker, which writes its sessions to its file first.</summary>
    public Task StopAsync() => EndAsync("TERM");

    /// <summary>Starts the broker again, with its sessions and the same ports.</summary>
    public Task StartAsync() => StartAgainAsync();

    protected override async Task PrepareAsync()
    {
        WriteCertificate();
        await ToolProcess.RunAsync($"{Tools}/mosquitto_passwd", "-b", "-c", Folder["passwords"], User, Password);
        File.WriteAllText(Folder["rights"], $"""
            user {User}
            topic readwrite open/#
            """);
    }

    protected override void ChoosePorts() => (_plain, _encrypted, _certified) = (FreePort(), FreePort(), FreePort());

    protected override ProcessStartInfo Command()
    {
        File.WriteAllText(Folder["mosquitto.conf"], $"""
            user root
            per_listener_settings true
            persistence true
            persistence_location {Folder.Root}/
            max_queued_messages 100000
            log_dest stderr
            listener {_plain} 127.0.0.1
            allow_anonymous true
            listener {_encrypted} 127.0.0.1
            certfile {Folder["server.pem"]}
            keyfile {Folder["server.key"]}
            password_file {Folder["passwords"]}
            acl_file {Folder["rights"]}
            listener {_certified} 127.0.0.1
            cafile {Folder["server.pem"]}
            certfile {Folder["server.pem"]}
            keyfile {Folder["server.key"]}
            require_certificate true
            allow_anonymous true
            """);
        return new ProcessStartInfo(Program, ["-c", Folder["mosquitto.conf"]]);
    }

    protected override bool IsReady(string line) => line.EndsWith(" running", StringComparison.Ordinal);

    private void WriteCertificate()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        WriteClientCertificate(certificate);
        File.WriteAllText(Folder["server.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(Folder["server.key"], key.ExportPkcs8PrivateKeyPem());
    }

    private void WriteClientCertificate(X509Certificate2 authority)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=sensor", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, [1, 2, 3]);
        File.WriteAllText(Folder["client.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(Folder["client.key"], key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The command of a client that talks to the port without a login.</summary>
    private string[] Client(string tool, params string[] arguments) => [$"{Tools}/{tool}", "-p", $"{_plain}", "-h", "127.0.0.1", "-q", "1", .. arguments];
}
