using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;

namespace ConnectorDb.Core.Mqtt;

/// <summary>The address of an MQTT broker: <c>mqtt://HOST[:1883]</c>, or <c>mqtts://HOST[:8883]</c> over TLS.</summary>
internal sealed record MqttBroker
{
    private const string Plain = "mqtt";
    private const string Encrypted = "mqtts";
    private const int PlainPort = 1883;
    private const int EncryptedPort = 8883;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    private MqttBroker(string host, int port, bool isEncrypted) => (Host, Port, IsEncrypted) = (host, port, isEncrypted);

    public string Host { get; }

    public int Port { get; }

    public bool IsEncrypted { get; }

    /// <summary>The address for messages.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"{(IsEncrypted ? Encrypted : Plain)}://{Host}:{Port}");

    /// <exception cref="InvalidValueException">The text is not such an address, or contains a login.</exception>
    public static MqttBroker Parse(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not (Plain or Encrypted) || uri.Host.Length == 0 || uri.Port == 0)
        {
            // Without the part that may be a login.
            string shown = address[(address.LastIndexOf('@') + 1)..];
            throw new InvalidValueException($"'{shown}' is not the address of an MQTT broker. Give one such as 'mqtt://broker.example', or 'mqtts://broker.example:8883' for TLS.", shown);
        }

        string plain = uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        return uri.UserInfo.Length > 0 ? throw new InvalidValueException($"The address '{plain}' contains a login. Give user and password by themselves, so that no message shows them.", plain)
            : uri.PathAndQuery.Trim('/').Length > 0 || uri.Fragment.Length > 0 ? throw new InvalidValueException($"The address '{plain}' has a path; a broker has none. Give the topic by itself.", plain)
            : new MqttBroker(uri.DnsSafeHost, uri.Port > 0 ? uri.Port : uri.Scheme == Encrypted ? EncryptedPort : PlainPort, uri.Scheme == Encrypted);
    }

    /// <exception cref="IOException">A file with certificates cannot be read, or has none.</exception>
    /// <exception cref="UnauthorizedAccessException">Such a file may not be read.</exception>
    public MqttClientOptionsBuilder Options(int version, string? userName, string? password, MqttCertificates certificates)
    {
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithTcpServer(Host, Port)
            .WithTimeout(s_timeout)
            .WithProtocolVersion(version == 5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311);
        if (userName is not null)
        {
            options.WithCredentials(userName, password ?? "");
        }

        if (IsEncrypted)
        {
            X509Certificate2Collection? trusted = certificates.ReadAuthorities();
            X509Certificate2Collection? own = certificates.ReadClient();
            options.WithTlsOptions(tls =>
            {
                tls.UseTls().WithTargetHost(Host);
                if (trusted is not null)
                {
                    // Own authorities seldom publish which certificates they revoked.
                    tls.WithTrustChain(trusted).WithRevocationMode(X509RevocationMode.NoCheck);
                }

                if (own is not null)
                {
                    tls.WithClientCertificates(own);
                }
            });
        }

        return options;
    }
}
