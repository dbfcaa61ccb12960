using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>
/// Passwords that were found right, so that who sends one with each request does not cost a slow hash each time. Kept as
/// HMAC-SHA256 under a key of this process, by the slow hash they match: when that changes, they are no longer asked for.
/// </summary>
internal sealed class VerifiedPasswords
{
    private const int MostKept = 1_000;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private readonly ConcurrentDictionary<string, byte[]> _marks = new(StringComparer.Ordinal);

    public bool Matches(string? kept, string password)
    {
        byte[] mark = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(password));
        if (kept is not null && _marks.TryGetValue(kept, out byte[]? known) && CryptographicOperations.FixedTimeEquals(known, mark))
        {
            return true;
        }

        if (!PasswordHash.Matches(kept, password))
        {
            return false;
        }

        if (_marks.Count >= MostKept)
        {
            _marks.Clear();
        }

        _marks[kept!] = mark;
        return true;
    }
}
