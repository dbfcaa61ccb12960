using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ConnectorDb.Contracts;
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
        using HttpClientHandler handler = new() { UseCookies = false, ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Thumbprint == thumbprint };
        using HttpClient http = new(handler) { BaseAddress = new Uri(server.Address, "/api/v1/") };
        http.DefaultRequestHeaders.Authorization = RunningServer.Basic("", server.OwnerKey);

        using HttpResponseMessage login = await http.PostAsync("login", null);

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        Assert.All(login.Headers.GetValues("Set-Cookie"), cookie =>
        {
            Assert.StartsWith("__Host-connectordb-", cookie, StringComparison.Ordinal);
            Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("path=/;", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.Equal(["max-age=31536000"], login.Headers.GetValues("Strict-Transport-Security"));

        // Another host, or a page without TLS, can set a cookie without the prefix.
        string planted = login.Headers.GetValues("Set-Cookie").First()["__Host-".Length..].Split(';')[0];
        http.DefaultRequestHeaders.Authorization = null;
        http.DefaultRequestHeaders.Add("Cookie", planted);
        await http.GetAsync("?q=this", HttpStatusCode.Unauthorized);
        Assert.DoesNotContain("secret", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outsider_reads_what_is_public_over_TLS_and_nothing_without_it()
    {
        string file = _folder["house.pfx"];
        string thumbprint = MakeCertificate(file);
        await using RunningServer server = await RunningServer.StartAsync(
            $"--public-reading --login-delay 0 --Kestrel:Endpoints:Https:Url https://127.0.0.1:0 --Kestrel:Endpoints:Https:Certificate:Path {file} --Kestrel:Endpoints:Https:Certificate:Password secret");
        await using (ICdbClient owner = server.As("me/user"))
        {
            await owner.UpdateUserAsync(CdbPath.ForUser("me"), new UserDefinition { Public = true }, CancellationToken.None);
            await owner.CreateDeviceAsync(CdbPath.Parse("me/roof"), new DeviceDefinition { Public = true, Streams = new Dictionary<string, StreamDefinition> { ["sun"] = new() } }, CancellationToken.None);
        }

        using HttpClientHandler handler = new() { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate?.Thumbprint == thumbprint };
        using HttpClient http = new(handler) { BaseAddress = new Uri(server.Address, "/api/v1/") };
        Assert.Equal("[]", await http.DoAsync(HttpMethod.Get, "crud/me/roof/sun/data?i1=0"));
        await http.GetAsync("crud/me/user", HttpStatusCode.NotFound);

        // Headers of a proxy that nobody trusts change nothing.
        using HttpRequestMessage forged = new(HttpMethod.Get, "crud/me/roof") { Headers = { { "X-Forwarded-Proto", "http" }, { "X-Forwarded-For", "127.0.0.1" } } };
        using HttpResponseMessage answer = await http.SendAsync(forged);
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));

        using HttpClient plain = new() { BaseAddress = new UriBuilder(server.Address) { Scheme = "http" }.Uri };
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync(new Uri("api/v1/crud/me/roof", UriKind.Relative)));

        using HttpClientHandler strict = new();
        using HttpClient careful = new(strict) { BaseAddress = server.Address };
        await Assert.ThrowsAsync<HttpRequestException>(() => careful.GetAsync(new Uri("api/v1/crud/me/roof", UriKind.Relative)));
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
