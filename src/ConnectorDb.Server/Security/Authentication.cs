using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Server.Metrics;
using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Security;

/// <summary>
/// Authenticates requests by the first credential they carry: Basic with user name and password, Basic with an API key as
/// password, <c>?apikey=</c>, or a session cookie. A request without credentials is anonymous. A failed login is answered late.
/// </summary>
internal sealed partial class Authentication(
    CdbEngine engine,
    LoginThrottle throttle,
    ServerMetrics metrics,
    ServerOptions options,
    TimeProvider time,
    ILogger<Authentication> log) : IDisposable
{
    public const string KeyParameter = "apikey";

    private readonly LoginCache _logins = new(engine);
    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <exception cref="AuthenticationException">The credential is wrong.</exception>
    /// <exception cref="TooManyLoginFailuresException">Too many logins from this address failed.</exception>
    public ValueTask<Caller> AuthenticateAsync(HttpContext context)
    {
        CancellationToken cancellation = context.RequestAborted;
        if (Basic(context.Request) is { } basic)
        {
            return basic.User.Length > 0
                ? LogInAsync(context, CredentialKind.Password, () => engine.LoginWithPassword(basic.User, basic.Password, cancellation))
                : LogInAsync(context, CredentialKind.Key, () => ByKey(context, basic.Password));
        }

        string? key = context.Request.Query[KeyParameter];
        if (!string.IsNullOrEmpty(key))
        {
            return LogInAsync(context, CredentialKind.Key, () => ByKey(context, key));
        }

        return SessionCookie.Read(context.Request) is { } session
            ? LogInAsync(context, CredentialKind.Session, () => engine.LoginWithSession(session, cancellation))
            : new ValueTask<Caller>(Caller.Of(engine, Login.Nobody));
    }

    /// <summary>Authenticates the request again after the engine found that a cached key is no longer valid.</summary>
    /// <inheritdoc cref="AuthenticateAsync"/>
    public ValueTask<Caller> ReauthenticateAsync(HttpContext context, byte[] key)
    {
        _logins.Remove(key);
        return AuthenticateAsync(context);
    }

    public void Dispose() => _hashing.Dispose();

    private async ValueTask<Caller> LogInAsync(HttpContext context, CredentialKind kind, Func<Login> logIn)
    {
        IPAddress? address = context.Connection.RemoteIpAddress;
        try
        {
            Login login = kind == CredentialKind.Password
                ? await ByPasswordAsync(address, logIn, context.RequestAborted)
                : LogIn(address, kind, logIn);
            return Caller.Of(engine, login, isBySession: kind == CredentialKind.Session);
        }
        catch (AuthenticationException)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(options.LoginDelay), time, context.RequestAborted);
            throttle.Check(address, kind);
            throw;
        }
    }

    private Login ByKey(HttpContext context, string key)
        => context.GetEndpoint()?.Metadata.GetMetadata<DefersKeyCheck>() is null
            ? engine.LoginWithKey(key, context.RequestAborted)
            : _logins.LogIn(key, context.RequestAborted);

    // People choose guessable passwords, so after too many failures a password is not even checked; a right API key cannot be guessed and is
    // always accepted. Few passwords are hashed at a time: otherwise many parallel guesses would pass the throttle before the first is
    // counted, and the slow hashes would take the processor from other requests.
    private async ValueTask<Login> ByPasswordAsync(IPAddress? address, Func<Login> logIn, CancellationToken cancellation)
    {
        throttle.Check(address, CredentialKind.Password);
        await _hashing.WaitAsync(cancellation);
        try
        {
            throttle.Check(address, CredentialKind.Password);
            return LogIn(address, CredentialKind.Password, logIn);
        }
        finally
        {
            _hashing.Release();
        }
    }

    private Login LogIn(IPAddress? address, CredentialKind kind, Func<Login> logIn)
    {
        try
        {
            return logIn();
        }
        catch (AuthenticationException)
        {
            throttle.Count(address, kind);
            metrics.AddFailedLogin();
            Failed(log, kind, address);
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

    [LoggerMessage(LogLevel.Warning, "A login by {Kind} from {Address} failed.")]
    private static partial void Failed(ILogger log, CredentialKind kind, IPAddress? address);
}
