using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Client.Remote;

/// <summary>The address, login, proxy and timeouts of a remote client.</summary>
/// <remarks>Without a login, the client is anonymous.</remarks>
public sealed class RemoteOptions
{
    /// <summary>The address of the server, for example <c>http://host:3124</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>The API key of the device to log in as.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The name or e-mail address of the user to log in, with <see cref="Password"/>.</summary>
    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>The proxy; null for the proxy of the system.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The login for the proxy.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>The only trusted certificate authority; null for those of the system.</summary>
    public X509Certificate2? CertificateAuthority { get; init; }

    /// <summary>Accepts any certificate of the server.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>Maximum time without data from the server.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    public RetryPolicy Retries { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads the certificate of an authority from a PEM or DER file.</summary>
    /// <exception cref="InvalidValueException">The file is not a certificate.</exception>
    public static X509Certificate2 ReadAuthority(string file)
    {
        if (PathCheck.FaultOf(file, "authority.pem") is { } fault)
        {
            throw new InvalidValueException(fault, file);
        }

        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidValueException($"'{file}' is not the certificate of an authority: {error.Message}", file);
        }
    }

    /// <summary>The options without secrets.</summary>
    internal RemoteOptions WithoutLogin() => new() { Url = Url, Timeout = Timeout, Retries = Retries, Time = Time };

    /// <summary>The address, without secrets.</summary>
    public override string ToString() => Url.GetLeftPart(UriPartial.Path);
}
