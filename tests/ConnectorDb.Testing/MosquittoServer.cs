using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ConnectorDb.Testing;

/// <summary>A real Mosquitto on a folder and ports of its own, where the program is installed: one port without a login, and one over TLS with a login.</summary>
public sealed class MosquittoServer : IAsyncLifetime, IDisposable
{
    public const string User = "sensor";
    public const string Password = "sesame-7391";

    private const string Program = "/usr/sbin/mosquitto";
    private const string Tools = "/usr/bin";
    private const int Tries = 10;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);
    private readonly TempFolder _folder = new();
    private Process? _process;
    private int _plain;
    private int _encrypted;

    /// <summary>The address without a login.</summary>
    public string Url => $"mqtt://127.0.0.1:{_plain}";

    /// <summary>The address over TLS, which needs the login.</summary>
    public string EncryptedUrl => $"mqtts://localhost:{_encrypted}";

    /// <summary>The certificate that the broker presents.</summary>
    public string CaFile => _folder["server.pem"];

    public async Task InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Program) || !File.Exists($"{Tools}/mosquitto_pub"))
        {
            return;
        }

        WriteCertificate();
        await RunAsync("mosquitto_passwd", ["-b", "-c", _folder["passwords"], User, Password]);
        File.WriteAllText(_folder["rights"], $"""
            user {User}
            topic readwrite open/#
            """);
        for (int i = 1; !await IsStartedAsync([FreePort(), FreePort()]); i++)
        {
            if (i == Tries)
            {
                throw new InvalidOperationException("Mosquitto found no free port.");
            }
        }
    }

    public void SkipWhenMissing() => Skip.If(_process is null, "A real MQTT broker is needed: the packages 'mosquitto' and 'mosquitto-clients'.");

    /// <summary>Publishes a message with QoS 1.</summary>
    public Task PublishAsync(string topic, string payload, bool retain = false)
        => RunAsync("mosquitto_pub", ["-p", $"{_plain}", "-h", "127.0.0.1", "-q", "1", "-t", topic, "-m", payload, .. (string[])(retain ? ["-r"] : [])]);

    /// <summary>Publishes a file line by line, each as a message of QoS 1.</summary>
    public async Task PublishLinesAsync(string topic, IEnumerable<string> lines)
    {
        using Process process = Start("mosquitto_pub", ["-p", $"{_plain}", "-h", "127.0.0.1", "-q", "1", "-l", "-t", topic]);
        foreach (string line in lines)
        {
            await process.StandardInput.WriteLineAsync(line);
        }

        process.StandardInput.Close();
        await EndAsync(process);
    }

    /// <summary>The messages of a session that began before, up to one with the given payload: topic, space, payload.</summary>
    public async Task<IReadOnlyList<string>> ReceiveAsync(string client, string topic, string last)
    {
        using CancellationTokenSource patience = new(s_patience);
        using Process process = Start("mosquitto_sub", ["-p", $"{_plain}", "-h", "127.0.0.1", "-q", "1", "-c", "-i", client, "-v", "-t", topic]);
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
        => RunAsync("mosquitto_sub", ["-p", $"{_plain}", "-h", "127.0.0.1", "-q", "1", "-c", "-i", client, "-E", "-t", topic]);

    /// <summary>Ends the broker, which writes its sessions to its file first.</summary>
    public async Task StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts the broker again, with its sessions and the same ports.</summary>
    public async Task StartAsync() => Assert.True(await IsStartedAsync([_plain, _encrypted]), "Mosquitto did not start again.");

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

    private async Task<bool> IsStartedAsync(int[] ports)
    {
        (_plain, _encrypted) = (ports[0], ports[1]);
        File.WriteAllText(_folder["mosquitto.conf"], $"""
            user root
            per_listener_settings true
            persistence true
            persistence_location {_folder.Root}/
            max_queued_messages 100000
            log_dest stderr
            listener {_plain} 127.0.0.1
            allow_anonymous true
            listener {_encrypted} 127.0.0.1
            certfile {_folder["server.pem"]}
            keyfile {_folder["server.key"]}
            password_file {_folder["passwords"]}
            acl_file {_folder["rights"]}
            """);
        Process process = Process.Start(new ProcessStartInfo(Program, ["-c", _folder["mosquitto.conf"]]) { RedirectStandardError = true })!;
        using CancellationTokenSource patience = new(s_patience);
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.EndsWith(" running", StringComparison.Ordinal))
            {
                _process = process;
                _ = process.StandardError.ReadToEndAsync();
                return true;
            }
        }

        await process.WaitForExitAsync();
        process.Dispose();
        return false;
    }

    private void WriteCertificate()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        File.WriteAllText(_folder["server.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(_folder["server.key"], key.ExportPkcs8PrivateKeyPem());
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<string> RunAsync(string tool, string[] arguments)
    {
        using Process process = Start(tool, arguments);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    private static Process Start(string tool, string[] arguments)
        => Process.Start(new ProcessStartInfo($"{Tools}/{tool}", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static async Task<string> EndAsync(Process process)
    {
        using CancellationTokenSource patience = new(s_patience);
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
