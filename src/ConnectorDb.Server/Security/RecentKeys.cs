using System.Collections.Concurrent;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Server.Security;

/// <summary>
/// Whose the API keys are that came lately, so that a device which sends one value after another is not looked up for each.
/// A login from here is only believed by calls that look themselves whether the device still has that key.
/// </summary>
internal sealed class RecentKeys(CdbEngine engine)
{
    private const int MostKept = 10_000;
    private readonly ConcurrentDictionary<string, Login> _logins = new(StringComparer.Ordinal);

    /// <exception cref="AuthenticationException">No device has this key, or had it lately.</exception>
    public Login Find(string apiKey, CancellationToken cancellation)
    {
        byte[] hash = ApiKey.Hash(apiKey);
        string place = Convert.ToBase64String(hash);
        if (_logins.TryGetValue(place, out Login? known))
        {
            return known;
        }

        Login login = engine.LoginWithKey(apiKey, cancellation) with { Key = hash };
        if (_logins.Count >= MostKept)
        {
            _logins.Clear();
        }

        return _logins[place] = login;
    }

    /// <summary>The device has another key now, or is gone.</summary>
    public void Forget(byte[] hash) => _logins.TryRemove(Convert.ToBase64String(hash), out _);
}
