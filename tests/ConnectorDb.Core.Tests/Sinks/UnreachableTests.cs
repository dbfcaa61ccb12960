using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Sinks;
using ConnectorDb.Core.Tests.Support;
using ConnectorDb.Sinks;

namespace ConnectorDb.Core.Tests.Sinks;

/// <summary>The reason and the next step in the errors of services that cannot be reached.</summary>
public sealed class UnreachableTests
{
    [Fact]
    public async Task The_error_for_an_unknown_host_names_it()
        => Assert.Contains("there is no host 'nothing.invalid'", await ErrorOf("http://nothing.invalid:8086"), StringComparison.Ordinal);

    [Fact]
    public async Task The_error_for_a_closed_port_says_to_check_it()
    {
        using ClosedPort nobody = new();
        Assert.Contains("Check the address and the port", await ErrorOf($"http://{nobody.Authority}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_for_a_server_without_https_says_to_use_http()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = RefuseAsync(listener);
        string error = await ErrorOf($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        await serving;
        Assert.Contains("does not speak https", error, StringComparison.Ordinal);
        Assert.DoesNotContain("certificate", error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_error_for_a_server_that_expects_https_says_to_use_it()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = AlertAsync(listener);
        Assert.Contains("use an address with https://", await ErrorOf($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), StringComparison.Ordinal);
        listener.Stop();
        await serving;
    }

    [Theory]
    [InlineData("127.0.0.1", -1, "has expired")]
    [InlineData("127.0.0.1", 30, "does not know its authority")]
    public async Task The_error_for_a_certificate_says_what_is_wrong_with_it(string name, int days, string reason)
    {
        using X509Certificate2 certificate = Certificate(name, days);
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = ServeAsync(listener, certificate);
        string error = await ErrorOf($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        await serving;
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "rejected the key or password (401): unauthorized access.")]
    [InlineData(403, "does not allow this login to do that (403): unauthorized access.")]
    [InlineData(404, "has no such bucket or organization (404): unauthorized access.")]
    [InlineData(400, "rejects the request (400): unauthorized access.")]
    public async Task The_error_for_a_refused_request_says_what_to_do(int status, string reason)
    {
        using LoopbackServer server = new() { Answer = _ => new LoopbackReply(status, """{"code":"x","message":"unauthorized access"}""") };
        Assert.Contains(reason, await ErrorOf(server.Url), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://house.example:8086/?db=secret")]
    [InlineData("http://house.example:8086/#secret")]
    public void An_address_with_a_query_is_refused_without_repeating_it(string url)
    {
        InvalidValueException error = Assert.Throws<InvalidValueException>(() => Open(url));
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> ErrorOf(string url)
    {
        await using ISink sink = Open(url);
        return (await Assert.ThrowsAnyAsync<CdbException>(() => sink.TestAsync(Some.NoToken).AsTask())).Message;
    }

    private static ISink Open(string url)
        => SinkCatalog.Open(new InfluxDbSettings { Url = url, Database = "b", Token = new SecretText("t") }, new SinkContext { Connect = _ => throw new NotSupportedException("There is no database here.") });

    private static async Task RefuseAsync(TcpListener listener)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        await client.GetStream().ReadExactlyAsync(new byte[1]);
        await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"u8.ToArray());
    }

    /// <summary>Answers each connection as TLS does that gets no handshake: with a fatal alert, "unexpected message".</summary>
    private static async Task AlertAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync();
                await client.GetStream().ReadAtLeastAsync(new byte[4096], 1);
                await client.GetStream().WriteAsync(new byte[] { 0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x0A });
            }
        }
        catch (SocketException)
        {
            // The test has ended.
        }
    }

    private static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        await using SslStream stream = new(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(certificate);
            await stream.ReadExactlyAsync(new byte[1]);
        }
        catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client has refused the certificate.
        }
    }

    private static X509Certificate2 Certificate(string name, int days)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Parse(name));
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-60), DateTimeOffset.UtcNow.AddDays(days));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
