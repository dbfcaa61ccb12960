using System.Security.Cryptography;
using System.Text;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>What devices log in with.</summary>
public static class ApiKey
{
    /// <summary>The least length of a key of one's own choice.</summary>
    public const int MinLength = 16;

    private const int RandomBytes = 24;

    /// <summary>A new key of 192 random bits, in characters that need no escaping in an address.</summary>
    public static string Make()
        => Convert.ToBase64String(RandomNumberGenerator.GetBytes(RandomBytes)).Replace('+', '-').Replace('/', '_');

    /// <summary>
    /// The SHA-256 by which the store finds the key. A plain hash is enough, since a key is random; and who does not know
    /// the key learns nothing from how long the search takes.
    /// </summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
