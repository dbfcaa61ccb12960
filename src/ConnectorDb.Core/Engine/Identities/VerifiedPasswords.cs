using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>Caches successful password checks, because the slow hash is too expensive for every request.</summary>
/// <remarks>An entry is an HMAC-SHA256 with a key of this process, stored by the slow hash that it matched. A changed password has another hash, so its entry is never found again.</remarks>
internal sealed class VerifiedPasswords
{
    private const int MostKept = 1_000;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
    private readonly ConcurrentDictionary<string, byte[]> _marks = new(StringComparer.Ordinal);

    /// <summary>True when the password matched before.</summary>
    public bool IsVerified(string? kept, string password)
        => kept is not null && _marks.TryGetValue(kept, out byte[]? known) && CryptographicOperations.FixedTimeEquals(known, Mark(password));

    public bool Matches(string? kept, string password)
    {
        if (IsVerified(kept, password))
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

        _marks[kept!] = Mark(password);
        return true;
    }

    private byte[] Mark(string password) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(password));
}
