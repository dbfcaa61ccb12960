using System.Security.Cryptography;
using System.Text;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>The secret of a session, which the browser keeps in a cookie.</summary>
internal static class SessionToken
{
    private const int RandomBytes = 32;

    /// <summary>Creates a token of 256 random bits, in characters that need no escaping in a cookie.</summary>
    public static string Make()
        => Convert.ToBase64String(RandomNumberGenerator.GetBytes(RandomBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>The SHA-256 hash that identifies the token in the store, as for API keys.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
