using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace ConnectorDb.Server.Security;

/// <summary>The credential of a request: an API key, a user name and password, a session, or the code of a login link.</summary>
/// <param name="Kind">The kind, as far as the request shows it: a user name may also stand beside an API key.</param>
/// <param name="User">The user name; empty when there is none.</param>
/// <param name="Secret">The API key, password or session.</param>
internal sealed record Credential(CredentialKind Kind, string User, string Secret)
{
    public const string KeyParameter = "apikey";

    /// <summary>A header with an API key, as many other services have it.</summary>
    public const string KeyHeader = "X-Api-Key";

    private const string Forms = "Send 'Authorization: Bearer KEY' with an API key, 'Authorization: Basic …' with user name and password or with an API key as the password, or the API key as ?apikey=.";

    /// <summary>Names under which other services take credentials. A request with one of them means to log in, and must not be answered as an anonymous one.</summary>
    private static readonly string[] s_otherHeaders =
        ["Access-Key", "Access-Token", "Api-Key", "ApiKey", "X-Access-Key", "X-ApiKey", "X-Api-Token", "X-ConnectorDb-ApiKey", "X-ConnectorDb-Api-Key", "X-ConnectorDb-Key", "X-Key", "X-Auth", "X-Auth-Key", "X-Auth-Token", "X-Authorization", "X-Access-Token", "X-Session-Token", "X-Token", "Authentication", "Private-Token", "Token"];

    /// <summary>As <see cref="s_otherHeaders"/>; p counts at the paths of InfluxDB only.</summary>
    private static readonly string[] s_otherParameters =
        ["api_key", "api-key", "access_token", "auth_token", "auth", "authorization", "bearer", "jwt", "token", "key", "secret", "session", "p", "pass", "passwd", "password", "pwd"];

    /// <summary>Names of parameters with the name of a user: alone they mean to log in, and beside a credential they are no secret.</summary>
    private static readonly string[] s_names = ["u", "user", "username"];

    private const string TokenScheme = "Token ";

    /// <summary>
    /// The credential of the request: in the header Authorization, the header X-Api-Key or the parameter <c>apikey</c>, at the paths of InfluxDB also in <c>u</c> and <c>p</c>, or else the session
    /// cookie, which browsers send unasked. Null when it has none.
    /// </summary>
    /// <exception cref="AuthenticationException">The credential is empty or of a kind that the server does not know, or there are several different ones.</exception>
    public static Credential? Of(HttpRequest request)
    {
        bool isInflux = request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<InfluxCredentials>() is not null;
        Credential? credential = Given(request, isInflux) ?? (isInflux ? null : OfSession(request));
        return credential is null && isInflux ? null : Alone(request, credential, isInflux);
    }

    /// <summary>The credential that the caller gave. The same secret may be in several places.</summary>
    private static Credential? Given(HttpRequest request, bool isInflux)
    {
        StringValues headers = request.Headers.Authorization;
        StringValues keyHeaders = request.Headers[KeyHeader];
        StringValues parameters = request.Query[KeyParameter];
        Credential[] all =
        [
            .. isInflux ? InfluxCredentials.Find(request) : [],
            .. headers.Select(header => OfHeader(header ?? "")),
            .. keyHeaders.Select(key => OfKey(key ?? "", $"The header {KeyHeader}")),
            .. parameters.Select(key => OfKey(key ?? "", $"The parameter '{KeyParameter}'")),
        ];
        return all.Length == 0 ? null
            : all.All(other => other.Secret == all[0].Secret) && all.Select(other => other.User).Where(user => user.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Count() <= 1 ? all[0]
            : throw new AuthenticationException($"The request has several different credentials in {(isInflux ? "the parameters 'u' and 'p', " : "")}the header Authorization, the header {KeyHeader} or the parameter '{KeyParameter}'. Send one of them.", null);
    }

    /// <summary>The session of a browser; null when it has none.</summary>
    private static Credential? OfSession(HttpRequest request) => SessionCookie.Read(request.HttpContext) is { } session ? new Credential(CredentialKind.Session, "", session) : null;

    /// <summary>The credential, if none is in a place that the server does not know: that one would be ignored, and its sender would be another caller than meant.</summary>
    /// <exception cref="AuthenticationException">There is another, or a cookie that cannot be a session.</exception>
    private static Credential? Alone(HttpRequest request, Credential? credential, bool isInflux)
    {
        if (Array.Find(s_otherHeaders, name => IsOther(request.Headers[name])) is { } header)
        {
            throw Unknown($"the header {header}");
        }

        IQueryCollection query = request.Query;
        if (Array.Find(s_otherParameters, name => IsOther(query[name]) && !(isInflux && InfluxCredentials.IsIn(name))) is { } parameter)
        {
            throw Unknown($"the parameter '{parameter}'");
        }

        return credential is not null ? credential
            : Array.Find(s_names, query.ContainsKey) is { } name ? throw new AuthenticationException($"The parameter '{name}' names a user, and the request has no credential beside it. {Forms}", null)
            : SessionCookie.FindUnusable(request.HttpContext) is { } cookie ? throw new AuthenticationException($"The cookie '{cookie}' is none of a session here: it is empty, or of this host with TLS where there is none, or without where there is. Log in again.", null)
            : null;

        bool IsOther(StringValues values) => values.Any(value => credential is null || value != credential.Secret);
    }

    /// <summary>True when the parameter of an address has a credential, or is meant to.</summary>
    public static bool IsIn(string parameter)
        => parameter.Equals(KeyParameter, StringComparison.OrdinalIgnoreCase) || s_otherParameters.Contains(parameter, StringComparer.OrdinalIgnoreCase) || s_names.Contains(parameter, StringComparer.OrdinalIgnoreCase);

    private static AuthenticationException Unknown(string what)
        => new($"This server does not take credentials in {what}. {Forms}", null);

    private static Credential OfHeader(string text)
    {
        if (text.StartsWith(TokenScheme, StringComparison.OrdinalIgnoreCase))
        {
            return OfToken(text[TokenScheme.Length..].Trim());
        }

        if (!AuthenticationHeaderValue.TryParse(text, out AuthenticationHeaderValue? header))
        {
            throw new AuthenticationException($"The header Authorization cannot be read. {Forms}", null);
        }

        return header.Scheme.ToUpperInvariant() switch
        {
            "BEARER" => OfKey(header.Parameter ?? "", "The API key in the header Authorization"),
            "BASIC" => OfBasic(header.Parameter ?? ""),
            "LINK" => new Credential(CredentialKind.Link, "", header.Parameter ?? ""),

            // A key alone is read as the scheme, and must not be repeated.
            _ when header.Parameter is null => throw new AuthenticationException($"The header Authorization has one word, without a scheme before it. {Forms}", null),
            _ => throw new AuthenticationException($"The header Authorization has the scheme '{header.Scheme}', which this server does not know. {Forms}", null),
        };
    }

    /// <summary>The form of InfluxDB: an API key, or user name and password, as they are.</summary>
    private static Credential OfToken(string token)
    {
        int colon = token.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? new Credential(CredentialKind.Password, token[..colon], token[(colon + 1)..]) : OfKey(token, "The API key in the header Authorization");
    }

    private static Credential OfBasic(string base64)
    {
        byte[] bytes = new byte[base64.Length];
        string[] parts = Convert.TryFromBase64String(base64, bytes, out int length) ? Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) : [];
        return parts switch
        {
            ["", var key] => OfKey(key, "The API key in the header Authorization"),

            // Written as 'curl -u KEY:'. No user has an empty password.
            [var key, ""] => new Credential(CredentialKind.Key, "", key),
            [var user, var password] => new Credential(CredentialKind.Password, user, password),
            _ => throw new AuthenticationException($"The header Authorization is not 'Basic' and then the base64 text of 'user:password'. {Forms}", null),
        };
    }

    private static Credential OfKey(string key, string what)
        => key.Length > 0 ? new Credential(CredentialKind.Key, "", key) : throw new AuthenticationException($"{what} is empty. Check the variable that it comes from.", null);
}
