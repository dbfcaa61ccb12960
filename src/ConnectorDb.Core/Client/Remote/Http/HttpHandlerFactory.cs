using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ConnectorDb.Core.Client.Remote.Http;

/// <summary>Creates the handler of requests and websockets, with proxy, certificates and connection limits.</summary>
internal static class HttpHandlerFactory
{
    private static readonly TimeSpan s_connectPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_connectionLife = TimeSpan.FromMinutes(5);

    /// <summary>Creates the handler. It does not follow redirects, which would send the key to other servers and turn POST into GET.</summary>
    public static SocketsHttpHandler Create(RemoteOptions options) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.GZip,
        UseCookies = false,
        ConnectTimeout = options.Timeout < s_connectPatience ? options.Timeout : s_connectPatience,
        PooledConnectionLifetime = s_connectionLife,
        Proxy = options.Proxy is { } proxy ? new WebProxy(proxy) { Credentials = options.ProxyCredential } : null,
        DefaultProxyCredentials = options.Proxy is null ? options.ProxyCredential : null,
        SslOptions = Trust(options),
    };

    private static SslClientAuthenticationOptions Trust(RemoteOptions options)
    {
        SslClientAuthenticationOptions trust = new();
        if (options.SkipCertificateCheck)
        {
            trust.RemoteCertificateValidationCallback = (_, _, _, _) => options.SkipCertificateCheck;
        }
        else if (options.CertificateAuthority is { } authority)
        {
            trust.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { authority },
            };
        }

        return trust;
    }
}
