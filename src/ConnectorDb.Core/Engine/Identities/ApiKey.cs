using System.Security.Cryptography;
using System.Text;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>The secret of a device, with which it logs in.</summary>
public static class ApiKey
{
    /// <summary>Minimum length of a user-chosen key.</summary>
    public const int MinLength = 16;

    /// <summary>Maximum length of a user-chosen key.</summary>
    public const int MaxLength = 500;

    private const int RandomBytes = 24;

    /// <summary>Creates a key of 192 random bits, in characters that need no escaping in a URL.</summary>
    public static string Make()
        => Convert.ToBase64String(RandomNumberGenerator.GetBytes(RandomBytes)).Replace('+', '-').Replace('/', '_');

    /// <summary>The SHA-256 hash that identifies the key in the store.</summary>
    /// <remarks>Keys are random, so a fast hash is enough. The time of the search reveals nothing without the key.</remarks>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
