using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ConnectorDb.Core.Client.Remote;

/// <summary>Which server to speak to, as whom, and by which way. Without a login one is nobody.</summary>
public sealed class RemoteOptions
{
    /// <summary>The address of the server: <c>http://host:3124</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>The API key of the device to log in as.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The name or e-mail address of the user to log in, with <see cref="Password"/>.</summary>
    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>The proxy to go through; null for that of the system.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The login at the proxy.</summary>
    public NetworkCredential? ProxyCredential { get; init; }

    /// <summary>The only authority whose certificates are trusted; null for those that the system trusts.</summary>
    public X509Certificate2? CertificateAuthority { get; init; }

    /// <summary>Trust whatever certificate the server shows.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>So long may the server be silent.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    public RetryPolicy Retries { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads the certificate of an authority from a file, PEM or DER.</summary>
    /// <exception cref="InvalidValueException">The file is none.</exception>
    public static X509Certificate2 ReadAuthority(string file)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidValueException($"'{file}' cannot be read as the certificate of an authority: {error.Message}", file);
        }
    }

    /// <summary>What is to be remembered: where and how patiently, not as whom.</summary>
    internal RemoteOptions WithoutLogin() => new() { Url = Url, Timeout = Timeout, Retries = Retries, Time = Time };

    /// <summary>The address alone: what is secret is not shown.</summary>
    public override string ToString() => Url.GetLeftPart(UriPartial.Path);
}
