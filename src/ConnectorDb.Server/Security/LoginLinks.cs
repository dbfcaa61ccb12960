using System.Security.Cryptography;
using System.Text;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Server.Security;

/// <summary>A link that logs a browser on this machine in as the owner, once: the owner of a new store has no password.</summary>
/// <remarks>The code follows <c>#</c>, which browsers send to no server, so that no proxy and no log sees it.</remarks>
internal sealed class LoginLinks(CdbEngine engine, TimeProvider time)
{
    private const int RandomBytes = 16;

    /// <summary>How long a link is valid.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private static readonly CdbPath s_owner = CdbPath.ForDevice("me", CdbEngine.UserDevice);

    private readonly Lock _lock = new();
    private byte[]? _hash;
    private long _made;

    /// <exception cref="NotFoundException">The store has no owner <c>me/user</c>, whom a link would log in.</exception>
    public void CheckOwner() => engine.LoginAs(s_owner, CancellationToken.None);

    /// <summary>Makes a link; an earlier one is no longer valid.</summary>
    /// <param name="addresses">The addresses at which the server listens.</param>
    public string Make(IEnumerable<string> addresses)
    {
        string code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes));
        lock (_lock)
        {
            (_hash, _made) = (HashOf(code), time.GetTimestamp());
        }

        return $"{HereOf(addresses)}/#/in/{code}";
    }

    /// <exception cref="AuthenticationException">The code is wrong, used, too old, or comes from another machine.</exception>
    public Login Redeem(HttpContext context, string code)
    {
        // A code from elsewhere is not used up: it cannot be guessed, and the owner may still need it.
        if (!LocalRequest.IsOfOwnPage(context))
        {
            throw new AuthenticationException("A login link works only in a browser on the machine of the server. Log in with user name and password, or with an API key.", null);
        }

        lock (_lock)
        {
            bool isValid = _hash is { } hash && time.GetElapsedTime(_made) < Lifetime && CryptographicOperations.FixedTimeEquals(hash, HashOf(code));
            if (!isValid)
            {
                throw new AuthenticationException("This login link is not valid. A link works once, within five minutes, at the server that made it. Start the server again for a new one, or log in with user name and password, or with an API key.", null);
            }

            _hash = null;
        }

        return engine.LoginAs(s_owner, context.RequestAborted);
    }

    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));

    /// <summary>The address under which a browser on this machine reaches the server.</summary>
    private static string HereOf(IEnumerable<string> addresses)
    {
        BindingAddress[] all = [.. addresses.Select(BindingAddress.Parse).Where(address => address is { IsUnixPipe: false, IsNamedPipe: false })];
        BindingAddress? here = Array.Find(all, address => LocalRequest.IsThisMachine(address.Host)) ?? all.FirstOrDefault();
        return here is null ? "" : $"{here.Scheme}://{(LocalRequest.IsThisMachine(here.Host) ? here.Host : "127.0.0.1")}:{here.Port}";
    }
}
