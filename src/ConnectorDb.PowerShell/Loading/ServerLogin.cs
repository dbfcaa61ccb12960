using System.Net;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>Address, login and proxy of a server; anonymous without a login.</summary>
internal sealed class ServerLogin
{
    public required Uri Url { get; init; }

    public string? ApiKey { get; init; }

    public NetworkCredential? Credential { get; init; }

    public Uri? Proxy { get; init; }

    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>File with the certificate of the only trusted authority.</summary>
    public string? CertificateAuthority { get; init; }

    public bool SkipCertificateCheck { get; init; }

    public TimeSpan Timeout { get; init; }

    /// <summary>True when a login would leave this machine without TLS.</summary>
    public bool IsUnencrypted
        => (ApiKey ?? Credential?.UserName) is not null && Url is { IsAbsoluteUri: true, Scheme: "http", IsLoopback: false };
}
