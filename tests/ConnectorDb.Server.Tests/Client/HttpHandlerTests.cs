using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Client;

/// <summary>TLS certificates and HTTP proxies of the remote client.</summary>
public sealed class HttpHandlerTests
{
    [Fact]
    public async Task A_certificate_is_trusted_when_its_authority_is_given_or_the_check_is_off()
    {
        using TempFolder folder = new();
        using X509Certificate2 authority = Authority();
        using (X509Certificate2 own = Issued(authority))
        {
            await File.WriteAllBytesAsync(folder["server.pfx"], own.Export(X509ContentType.Pfx));
        }

        await File.WriteAllTextAsync(folder["authority.pem"], authority.ExportCertificatePem());
        await using RunningServer server = await RunningServer.StartAsync(
            $"--login-delay 0 --Kestrel:Endpoints:Tls:Url https://127.0.0.1:0 --Kestrel:Endpoints:Tls:Certificate:Path {folder["server.pfx"]}");
        RemoteOptions plain = new() { Url = server.Address, ApiKey = server.OwnerKey };

        StoreException error = await Assert.ThrowsAsync<StoreException>(() => RemoteClient.OpenAsync(plain, Some.NoToken));
        Assert.Equal(StoreFault.Unreachable, error.Fault);
        Assert.Contains("-CertificateAuthority", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(server.OwnerKey, error.ToString(), StringComparison.Ordinal);

        using X509Certificate2 read = RemoteOptions.ReadAuthority(folder["authority.pem"]);
        await Works(new RemoteOptions { Url = server.Address, ApiKey = server.OwnerKey, CertificateAuthority = read });
        await Works(new RemoteOptions { Url = server.Address, ApiKey = server.OwnerKey, SkipCertificateCheck = true });
        StoreException http = await Assert.ThrowsAsync<StoreException>(() => RemoteClient.OpenAsync(With("http", server.Address), Some.NoToken));
        Assert.Contains("or use https", http.Message, StringComparison.Ordinal);
        using X509Certificate2 other = Authority();
        await Assert.ThrowsAsync<StoreException>(() => RemoteClient.OpenAsync(new RemoteOptions { Url = server.Address, CertificateAuthority = other }, Some.NoToken));
    }

    [Fact]
    public async Task The_error_for_a_server_without_https_does_not_mention_a_certificate()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        StoreException error = await Assert.ThrowsAsync<StoreException>(() => RemoteClient.OpenAsync(With("https", server.Address), Some.NoToken));
        Assert.Contains("Try http", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("certificate", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_error_for_an_unreachable_proxy_names_it()
    {
        RemoteOptions options = new() { Url = new Uri("https://far-away.invalid"), Proxy = new Uri("http://127.0.0.1:1"), Retries = new RetryPolicy { Attempts = 1 } };
        StoreException error = await Assert.ThrowsAsync<StoreException>(() => RemoteClient.OpenAsync(options, Some.NoToken));
        Assert.Contains("127.0.0.1:1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_certificate_is_an_error()
    {
        using TempFolder folder = new();
        File.WriteAllText(folder["letter.txt"], "Dear server,");
        Assert.Throws<InvalidValueException>(() => RemoteOptions.ReadAuthority(folder["letter.txt"]));
        Assert.Throws<InvalidValueException>(() => RemoteOptions.ReadAuthority(folder["nothing"]));
    }

    /// <remarks>Kestrel accepts requests with an absolute address, as a proxy receives them, so it serves as the proxy here.</remarks>
    [Fact]
    public async Task Requests_go_through_the_proxy()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await Works(new RemoteOptions { Url = new Uri("http://far-away.invalid:3124"), ApiKey = server.OwnerKey, Proxy = server.Address });
    }

    [Fact]
    public async Task A_password_is_exchanged_for_an_API_key_at_login()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await using ICdbClient owner = server.As("me/user");
        await owner.CreateUserAsync(CdbPath.ForUser("ada"), new UserDefinition { Email = "ada@example.org", Password = "correct horse" }, Some.NoToken);
        await using ICdbClient ada = await RemoteClient.OpenAsync(
            new RemoteOptions { Url = server.Address, UserName = "ADA@example.org", Password = "correct horse" }, Some.NoToken);

        await owner.UpdateUserAsync(CdbPath.ForUser("ada"), new UserDefinition { Password = "battery staple" }, Some.NoToken);

        Assert.Equal("ada/user", ada.Identity.ToString());
        Assert.NotEmpty(await ada.PingAsync(Some.NoToken));
    }

    private static RemoteOptions With(string scheme, Uri server)
        => new() { Url = new UriBuilder(server) { Scheme = scheme }.Uri, ApiKey = "any key", Retries = new RetryPolicy { Attempts = 1 } };

    private static async Task Works(RemoteOptions options)
    {
        await using ICdbClient client = await RemoteClient.OpenAsync(options, Some.NoToken);
        Assert.NotEmpty(await client.PingAsync(Some.NoToken));
    }

    private static X509Certificate2 Authority()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new($"CN=Authority {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    private static X509Certificate2 Issued(X509Certificate2 authority)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 bare = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(7), [1, 2, 3, 4]);
        return bare.CopyWithPrivateKey(key);
    }
}
