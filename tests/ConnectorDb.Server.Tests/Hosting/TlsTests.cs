using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Hosting;

public sealed class TlsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TLS_is_configured_through_Kestrel_settings_and_makes_session_cookies_secure()
    {
        string file = _folder["house.pfx"];
        string thumbprint = MakeCertificate(file);
        using Captured log = new();
        await using RunningServer server = await RunningServer.StartAsync(
            $"--Kestrel:Endpoints:Https:Url https://127.0.0.1:0 --Kestrel:Endpoints:Https:Certificate:Path {file} --Kestrel:Endpoints:Https:Certificate:Password secret",
            log.AddTo);
        Assert.Equal("https", server.Address.Scheme);
        using HttpClientHandler handler = new() { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Thumbprint == thumbprint };
        using HttpClient http = new(handler) { BaseAddress = new Uri(server.Address, "/api/v1/") };
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic("", server.OwnerKey);

        using HttpResponseMessage login = await http.PostAsync("login", null);

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        Assert.All(login.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("secret", log.Text, StringComparison.Ordinal);
    }

    /// <summary>Browsers open websockets over HTTP/2 when the connection already uses it.</summary>
    [Fact]
    public async Task A_websocket_opens_over_HTTP_2()
    {
        string file = _folder["house.pfx"];
        string thumbprint = MakeCertificate(file);
        await using RunningServer server = await RunningServer.StartAsync(
            $"--Kestrel:Endpoints:Https:Url https://127.0.0.1:0 --Kestrel:Endpoints:Https:Certificate:Path {file} --Kestrel:Endpoints:Https:Certificate:Password secret");
        using SocketsHttpHandler handler = new();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == thumbprint;
        using HttpMessageInvoker invoker = new(handler);
        using ClientWebSocket socket = new();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.SetRequestHeader("Authorization", RunningServer.Basic("", server.OwnerKey).ToString());
        await socket.ConnectAsync(new Uri($"wss://{server.Address.Authority}/api/v1/websocket"), invoker, CancellationToken.None);

        await socket.SendAsync("""{"cmd": "unsubscribe_all"}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);

        byte[] answer = new byte[1000];
        WebSocketReceiveResult result = await socket.ReceiveAsync(answer, CancellationToken.None);
        Assert.Contains("\"ok\":true", Encoding.UTF8.GetString(answer, 0, result.Count), StringComparison.Ordinal);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
    }

    private static string MakeCertificate(string file)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx, "secret"));
        return certificate.Thumbprint;
    }
}
