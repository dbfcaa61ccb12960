using System.Security.Cryptography;
using System.Text;

namespace ConnectorDb.Core.Polling.Snmp;

/// <summary>A hash of the user-based security model: SHA-1 (RFC 3414) or SHA-2 (RFC 7860). MD5 is left out.</summary>
internal sealed record SnmpHash(HashAlgorithmName Algorithm, int CodeLength)
{
    public const string Default = "SHA256";

    /// <summary>Bytes of the repeated password that make a key (RFC 3414, A.2).</summary>
    private const int Expanded = 1 << 20;

    public static string[] Names { get; } = ["SHA", Default, "SHA384", "SHA512"];

    public static SnmpHash Of(string name) => name.ToUpperInvariant() switch
    {
        "SHA" => new SnmpHash(HashAlgorithmName.SHA1, 12),
        "SHA384" => new SnmpHash(HashAlgorithmName.SHA384, 32),
        "SHA512" => new SnmpHash(HashAlgorithmName.SHA512, 48),
        _ => new SnmpHash(HashAlgorithmName.SHA256, 24),
    };

    /// <summary>The key of a password for one agent.</summary>
    public byte[] Key(string password, byte[] engine)
    {
        byte[] text = Encoding.UTF8.GetBytes(password);
        byte[] repeated = new byte[Expanded];
        for (int i = 0; i < Expanded; i += text.Length)
        {
            text.AsSpan(0, Math.Min(text.Length, Expanded - i)).CopyTo(repeated.AsSpan(i));
        }

        byte[] key = CryptographicOperations.HashData(Algorithm, repeated);
        return CryptographicOperations.HashData(Algorithm, [.. key, .. engine, .. key]);
    }

    /// <summary>The authentication code of a message.</summary>
    public byte[] Code(byte[] key, byte[] message) => CryptographicOperations.HmacData(Algorithm, key, message)[..CodeLength];
}
