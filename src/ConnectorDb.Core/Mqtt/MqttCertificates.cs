using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ConnectorDb.Core.Mqtt;

/// <summary>The files with the certificates of a connection over TLS, in PEM format.</summary>
/// <param name="Authorities">The certificates to trust, in place of those of the system; null for the system's.</param>
/// <param name="Client">The certificate of this client, before those of its authorities; null for none.</param>
/// <param name="Key">The private key of the client; null when it is in the file of the certificate.</param>
internal sealed record MqttCertificates(string? Authorities, string? Client, string? Key)
{
    /// <exception cref="IOException">The file cannot be read, or has no certificate.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public X509Certificate2Collection? ReadAuthorities() => Authorities is null ? null : Read(Authorities);

    /// <summary>The certificate of this client with its key, and those of its authorities; null for none.</summary>
    /// <inheritdoc cref="ReadAuthorities"/>
    public X509Certificate2Collection? ReadClient()
    {
        if (Client is null)
        {
            return null;
        }

        X509Certificate2Collection certificates = Read(Client);
        using X509Certificate2 own = ReadOwn(Client, Key ?? Client);

        // Windows uses no keys for TLS that are only in memory.
        certificates[0] = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
        return certificates;
    }

    private static X509Certificate2 ReadOwn(string certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            string advice = File.ReadAllText(key).Contains("ENCRYPTED", StringComparison.Ordinal) ? "It has a password. Write one without: openssl pkey -in KEY -out NEW."
                : key == certificate ? "Give the file of the key, too, or append the key to the certificate."
                : "Give the key with which the certificate was requested.";
            throw new IOException($"The file '{key}' has no private key in PEM format for the certificate in '{certificate}'. {advice}");
        }
    }

    private static X509Certificate2Collection Read(string file)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (CryptographicException error)
        {
            throw new IOException($"The file '{file}' has no certificates in PEM format: {error.Message}", error);
        }

        return certificates.Count > 0 ? certificates : throw new IOException($"The file '{file}' has no certificates in PEM format.");
    }
}
