using System.Net;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;
using ConnectorDb.Server.Metrics;
using ConnectorDb.Server.Options;

namespace ConnectorDb.Server.Security;

/// <summary>Authenticates requests by the one credential they carry. A request without credentials is anonymous. A failed login is answered late.</summary>
internal sealed class Authentication(
    CdbEngine engine,
    LoginThrottle throttle,
    AccountThrottle accounts,
    PasswordTurns turns,
    LoginLinks links,
    ServerMetrics metrics,
    ServerOptions options,
    TimeProvider time,
    ILogger<Authentication> log)
{
    private readonly LoginCache _logins = new(engine);

    /// <exception cref="AuthenticationException">The credential is wrong.</exception>
    /// <exception cref="TooManyLoginFailuresException">Too many logins from this address failed.</exception>
    public ValueTask<Caller> AuthenticateAsync(HttpContext context)
        => Credential.Of(context.Request) is { } credential
            ? LogInAsync(context, credential)
            : new ValueTask<Caller>(Caller.Of(engine, options.PublicReading ? Login.PublicReader : Login.Nobody));

    /// <summary>Checks the credential that a request gives although its endpoint needs none: a client that tests its key there must not take a wrong one for a right one.</summary>
    /// <inheritdoc cref="AuthenticateAsync"/>
    public async ValueTask CheckAsync(HttpContext context)
    {
        if (Credential.Explicit(context.Request) is { } credential)
        {
            await LogInAsync(context, credential);
        }
    }

    /// <summary>Authenticates the request again after the engine found that a cached key is no longer valid.</summary>
    /// <inheritdoc cref="AuthenticateAsync"/>
    public ValueTask<Caller> ReauthenticateAsync(HttpContext context, KeyCredential key)
    {
        _logins.Remove(key);
        return AuthenticateAsync(context);
    }

    /// <summary>Runs a change that checks the old password of an account; wrong ones count as failed logins.</summary>
    /// <exception cref="WrongPasswordException">The old password is wrong.</exception>
    /// <exception cref="TooManyLoginFailuresException">Too many logins from this address, or to this account, failed.</exception>
    public async ValueTask<T> CheckPasswordAsync<T>(HttpContext context, string account, Func<ValueTask<T>> change)
    {
        T result = default!;
        await DelayFailureAsync(context, () => ByPasswordAsync(context, account, hashes: true, async () =>
        {
            result = await change();
            return context.Caller().Login;
        }));
        return result;
    }

    private ValueTask<Caller> LogInAsync(HttpContext context, Credential credential)
    {
        CancellationToken cancellation = context.RequestAborted;
        return credential switch
        {
            { Kind: CredentialKind.Key } key => LogInAsync(context, key.Kind, () => new(ByKey(context, key))),
            { Kind: CredentialKind.Link } link => LogInAsync(context, link.Kind, () => new(links.Redeem(context, link.Secret))),
            { Kind: CredentialKind.Session } session => LogInAsync(context, session.Kind, () => engine.LoginWithSessionAsync(session.Secret, cancellation)),
            var named => FindKey(named, cancellation) is { } login
                ? LogInAsync(context, CredentialKind.Key, () => login.IsOf(named.User) ? new(login) : throw OtherDevice(login, named))
                : LogInByPasswordAsync(context, named),
        };
    }

    private async ValueTask<Caller> LogInAsync(HttpContext context, CredentialKind kind, Func<ValueTask<Login>> logIn)
    {
        Login login = await DelayFailureAsync(context, () => CountFailureAsync(context, kind, logIn));
        return Caller.Of(engine, login, isBySession: kind == CredentialKind.Session);
    }

    private async ValueTask<Caller> LogInByPasswordAsync(HttpContext context, Credential named)
    {
        CancellationToken cancellation = context.RequestAborted;
        string account = engine.AccountOf(named.User, cancellation);
        bool hashes = !engine.IsVerified(named.User, named.Secret, cancellation);
        return Caller.Of(engine, await DelayFailureAsync(context, () => ByPasswordAsync(
            context, account, hashes, () => engine.LoginWithPasswordAsync(named.User, named.Secret, cancellation))));
    }

    private async ValueTask<Login> DelayFailureAsync(HttpContext context, Func<ValueTask<Login>> logIn)
    {
        try
        {
            return await logIn();
        }
        catch (CdbException error) when (IsFailure(error))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(options.LoginDelay), time, context.RequestAborted);
            if (context.Features.Get<TooManyLoginFailuresException>() is { } refusal)
            {
                throw refusal;
            }

            throw;
        }
    }

    private Login ByKey(HttpContext context, Credential key)
    {
        try
        {
            return context.GetEndpoint()?.Metadata.GetMetadata<DefersKeyCheck>() is null
                ? engine.LoginWithKey(key.Secret, context.RequestAborted)
                : _logins.LogIn(key.Secret, context.RequestAborted);
        }
        catch (AuthenticationException) when (key.WrongKey() is { } wrong)
        {
            throw wrong;
        }
    }

    // A lookup of the key is cheap, and finds a key that stands beside a user name before its slow hash as a password is computed.
    private Login? FindKey(Credential named, CancellationToken cancellation)
        => named.Secret.Length >= ApiKey.MinLength ? engine.FindByKey(named.Secret, cancellation) : null;

    private static AuthenticationException OtherDevice(Login login, Credential named)
        => new($"The password is the API key of '{login.Device}', which is not '{named.User}'. Omit the user name, or send that of the device or its user.", named.User);

    // People choose guessable passwords, so after too many failures a password is not even checked; a right API key cannot be guessed and is
    // always accepted. Many parallel guesses would pass the throttles before the first is counted, so these are asked again when the turn has come.
    private async ValueTask<Login> ByPasswordAsync(HttpContext context, string account, bool hashes, Func<ValueTask<Login>> logIn)
    {
        IPAddress? address = context.Connection.RemoteIpAddress;
        Check();
        using IDisposable turn = await turns.WaitAsync(accounts.Key(account, address), address, hashes, context.RequestAborted);
        Check();
        try
        {
            Login login = await CountFailureAsync(context, CredentialKind.Password, logIn);
            accounts.CountSuccess(account, address);
            return login;
        }
        catch (CdbException error) when (IsFailure(error))
        {
            accounts.CountFailure(account, address);
            throw;
        }

        void Check()
        {
            throttle.Check(address, CredentialKind.Password);
            accounts.Check(account, address);
        }
    }

    private async ValueTask<Login> CountFailureAsync(HttpContext context, CredentialKind kind, Func<ValueTask<Login>> logIn)
    {
        IPAddress? address = context.Connection.RemoteIpAddress;
        try
        {
            return await logIn();
        }
        catch (CdbException error) when (IsFailure(error))
        {
            // Others fail at the same time, and must not change the answer to this one.
            context.Features.Set(throttle.Count(address, kind));
            metrics.AddFailedLogin();
            log.LoginFailed(kind.ToString(), address);
            throw;
        }
    }

    private static bool IsFailure(CdbException error) => error is AuthenticationException or WrongPasswordException;
}
