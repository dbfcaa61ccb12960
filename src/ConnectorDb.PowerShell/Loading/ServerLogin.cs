using System.Net;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>Which server to log in at, as whom, and by which way; without a login as nobody.</summary>
internal sealed class ServerLogin
{
    public required Uri Url { get; init; }

    public string? ApiKey { get; init; }

    public NetworkCredential? Credential { get; init; }

    public Uri? Proxy { get; init; }

    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>The file of the certificate of the only authority to trust.</summary>
    public string? CertificateAuthority { get; init; }

    public bool SkipCertificateCheck { get; init; }

    public TimeSpan Timeout { get; init; }

    /// <summary>There is a login, and it leaves this machine without TLS.</summary>
    public bool IsReadableOnItsWay
        => (ApiKey ?? Credential?.UserName) is not null && Url is { IsAbsoluteUri: true, Scheme: "http", IsLoopback: false };
}
