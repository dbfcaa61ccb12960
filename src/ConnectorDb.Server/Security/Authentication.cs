using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Server.Hosting;
using ConnectorDb.Server.Monitoring;

namespace ConnectorDb.Server.Security;

/// <summary>
/// Finds out who calls. The first proof that is there decides: Basic with user name and password, Basic with an API key as
/// password, <c>?apikey=</c>, the session of a browser; without any the caller is nobody. A failure takes its time.
/// </summary>
internal sealed partial class Authentication(
    CdbEngine engine,
    LoginThrottle throttle,
    Meters meters,
    ServerOptions options,
    TimeProvider time,
    ILogger<Authentication> log) : IDisposable
{
    public const string KeyParameter = "apikey";

    private readonly RecentKeys _recent = new(engine);
    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <exception cref="AuthenticationException">What was given proves nothing.</exception>
    /// <exception cref="TooManyFailuresException">The address has failed too often.</exception>
    public ValueTask<Caller> IdentifyAsync(HttpContext context)
    {
        CancellationToken cancellation = context.RequestAborted;
        if (Basic(context.Request) is { } basic)
        {
            return basic.User.Length > 0
                ? ProveAsync(context, Proof.Password, () => engine.LoginWithPassword(basic.User, basic.Password, cancellation))
                : ProveAsync(context, Proof.Key, () => ByKey(context, basic.Password));
        }

        string? key = context.Request.Query[KeyParameter];
        if (!string.IsNullOrEmpty(key))
        {
            return ProveAsync(context, Proof.Key, () => ByKey(context, key));
        }

        return SessionCookie.Read(context.Request) is { } session
            ? ProveAsync(context, Proof.Session, () => engine.LoginWithSession(session, cancellation))
            : new ValueTask<Caller>(Caller.Of(engine, Login.Nobody));
    }

    /// <summary>Finds out anew who calls, after a call of the engine found that the key is not the known device's any more.</summary>
    /// <inheritdoc cref="IdentifyAsync"/>
    public ValueTask<Caller> IdentifyAnewAsync(HttpContext context, byte[] key)
    {
        _recent.Forget(key);
        return IdentifyAsync(context);
    }

    public void Dispose() => _hashing.Dispose();

    private async ValueTask<Caller> ProveAsync(HttpContext context, Proof proof, Func<Login> logIn)
    {
        IPAddress? address = context.Connection.RemoteIpAddress;
        try
        {
            Login login = proof == Proof.Password
                ? await ByPasswordAsync(address, logIn, context.RequestAborted)
                : LogIn(address, proof, logIn);
            return Caller.Of(engine, login, isBySession: proof == Proof.Session);
        }
        catch (AuthenticationException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(options.LoginDelay), time, context.RequestAborted);
            throttle.Check(address, proof);
            throw;
        }
    }

    private Login ByKey(HttpContext context, string key)
        => context.GetEndpoint()?.Metadata.GetMetadata<ChecksKey>() is null
            ? engine.LoginWithKey(key, context.RequestAborted)
            : _recent.Find(key, context.RequestAborted);

    /// <summary>
    /// Passwords are not even looked at when too many failed: people choose them. Few are at a time, so that neither many guesses at
    /// once slip through, nor slow hashes take the processor from those who write. A key cannot be guessed, so that a right one is
    /// taken however many wrong ones came.
    /// </summary>
    private async ValueTask<Login> ByPasswordAsync(IPAddress? address, Func<Login> logIn, CancellationToken cancellation)
    {
        throttle.Check(address, Proof.Password);
        await _hashing.WaitAsync(cancellation);
        try
        {
            throttle.Check(address, Proof.Password);
            return LogIn(address, Proof.Password, logIn);
        }
        finally
        {
            _hashing.Release();
        }
    }

    private Login LogIn(IPAddress? address, Proof proof, Func<Login> logIn)
    {
        try
        {
            return logIn();
        }
        catch (AuthenticationException)
        {
            throttle.Count(address, proof);
            meters.LoginFailed();
            Failed(log, proof, address);
            throw;
        }
    }

    private static (string User, string Password)? Basic(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? header)
            || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            || header.Parameter is null)
        {
            return null;
        }

        byte[] bytes = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, bytes, out int length))
        {
            return null;
        }

        string[] parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return parts.Length == 2 ? (parts[0], parts[1]) : null;
    }

    [LoggerMessage(LogLevel.Warning, "A login by {Proof} from {Address} failed.")]
    private static partial void Failed(ILogger log, Proof proof, IPAddress? address);
}
