using System.Globalization;
using System.Security.Cryptography;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>PBKDF2-HMAC-SHA256 (RFC 8018) with 600,000 rounds and a salt of 16 bytes, as OWASP recommends (2023).</summary>
/// <remarks>The format <c>pbkdf2-sha256$rounds$salt$hash</c> allows for more rounds and other schemes.</remarks>
public static class PasswordHash
{
    private const string Scheme = "pbkdf2-sha256";
    private const int Rounds = 600_000;
    private const int SaltLength = 16;
    private const int HashLength = 32;

    /// <summary>The number of hashes that are computed at the same time.</summary>
    public static int MaxAtOnce { get; } = Math.Max(1, Environment.ProcessorCount / 2);

    private static readonly Lazy<string> s_nobody = new(() => Of(Convert.ToBase64String(RandomNumberGenerator.GetBytes(SaltLength))));

    public static string Of(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltLength);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA256, HashLength);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>True when the password matches; takes as long when there is no hash, so that unknown users cannot be told by time.</summary>
    public static bool Matches(string? kept, string password)
    {
        string[] parts = (kept ?? s_nobody.Value).Split('$');
        byte[] wanted = Convert.FromBase64String(parts[3]);
        byte[] given = Rfc2898DeriveBytes.Pbkdf2(
            password,
            Convert.FromBase64String(parts[2]),
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            HashAlgorithmName.SHA256,
            wanted.Length);
        return CryptographicOperations.FixedTimeEquals(wanted, given) && kept is not null;
    }
}
