using System.Collections.Concurrent;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Server.Security;

/// <summary>Caches logins by API key, so that a device that sends one value after another is not looked up each time.</summary>
/// <remarks>A cached login may be outdated. It is only used for engine calls that verify themselves that the device still has the key.</remarks>
internal sealed class LoginCache(CdbEngine engine)
{
    private const int MaxEntries = 10_000;
    private readonly ConcurrentDictionary<string, Login> _logins = new(StringComparer.Ordinal);

    /// <exception cref="AuthenticationException">No device has this key.</exception>
    public Login LogIn(string apiKey, CancellationToken cancellation)
    {
        string entry = Convert.ToHexString(ApiKey.Hash(apiKey));
        if (_logins.TryGetValue(entry, out Login? known))
        {
            return known;
        }

        Login login = engine.LoginWithKey(apiKey, cancellation);
        if (_logins.Count >= MaxEntries)
        {
            _logins.Clear();
        }

        return _logins[entry] = login;
    }

    public void Remove(KeyCredential key) => _logins.TryRemove(key.Hash, out _);
}
