using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace ConnectorDb.Server.Security;

/// <summary>The credential of a request: an API key, a user name and password, a session, or the code of a login link.</summary>
/// <param name="Kind">The kind, as far as the request shows it: a user name may also stand beside an API key.</param>
/// <param name="User">The user name; empty when there is none. An API key in the place of the user name is both.</param>
/// <param name="Secret">The API key, password or session.</param>
internal sealed record Credential(CredentialKind Kind, string User, string Secret)
{
    public const string KeyParameter = "apikey";

    /// <summary>A header with an API key, as many other services have it.</summary>
    public const string KeyHeader = "X-Api-Key";

    private const string Forms = "Send 'Authorization: Bearer KEY' with an API key, 'Authorization: Basic …' with user name and password or with an API key as the password, or the API key as ?apikey=.";

    private const string TokenScheme = "Token ";

    private const string NoPassword =
        "The password is empty, and no device has an API key that is the user name. Send 'user:password' or ':KEY' (curl -u user:password, curl -H 'Authorization: Bearer KEY'); if the password comes from a variable, check that it is set.";

    /// <summary>
    /// The credential of the request: in the header Authorization, the header X-Api-Key or the parameter <c>apikey</c>, at the paths of InfluxDB also in <c>u</c> and <c>p</c>, or else the session
    /// cookie, which browsers send unasked. Null when it has none.
    /// </summary>
    /// <exception cref="AuthenticationException">The credential is empty or of a kind that the server does not know, or there are several different ones.</exception>
    public static Credential? Of(HttpRequest request)
    {
        bool isInflux = IsInflux(request);
        Credential? credential = Given(request, isInflux) ?? (isInflux ? null : OfSession(request));
        if (credential is null && isInflux)
        {
            return null;
        }

        CheckPlaces(request, credential, isInflux);
        return credential ?? (FindElsewhere(request) is { } reason ? throw new AuthenticationException(reason, null) : null);
    }

    /// <summary>The credential of a request to an endpoint that needs none. Cookies and the header of proxies do not count: browsers and proxies send them unasked.</summary>
    /// <inheritdoc cref="Of"/>
    public static Credential? Explicit(HttpRequest request)
    {
        bool isInflux = IsInflux(request);
        Credential? credential = Given(request, isInflux);
        CheckPlaces(request, credential, isInflux);
        return credential;
    }

    private static bool IsInflux(HttpRequest request) => request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<InfluxCredentials>() is not null;

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
            : all.Length == 1 || (all.All(other => other.Secret == all[0].Secret) && all.Select(other => other.User).Where(user => user.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Count() <= 1) ? all[0]
            : throw new AuthenticationException($"The request has several different credentials in {(isInflux ? "the parameters 'u' and 'p', " : "")}the header Authorization, the header {KeyHeader} or the parameter '{KeyParameter}'. Send one of them.", null);
    }

    /// <summary>The session of a browser; null when it has none.</summary>
    private static Credential? OfSession(HttpRequest request) => SessionCookie.Read(request.HttpContext) is { } session ? new Credential(CredentialKind.Session, "", session) : null;

    /// <summary>Refuses a credential in a place that the server does not know: it would be ignored, and its sender would be another caller than meant.</summary>
    /// <exception cref="AuthenticationException">There is another credential.</exception>
    private static void CheckPlaces(HttpRequest request, Credential? credential, bool isInflux)
    {
        foreach ((string header, StringValues values) in request.Headers)
        {
            if (CredentialNames.IsUnknownHeader(header) && IsOther(values, credential))
            {
                throw Unknown($"the header {header}");
            }
        }

        foreach ((string parameter, StringValues values) in request.Query)
        {
            if (CredentialNames.IsUnknownParameter(parameter) && IsOther(values, credential) && !(isInflux && InfluxCredentials.IsIn(parameter)))
            {
                throw Unknown($"the parameter '{parameter}'");
            }
        }

        if (HasUserInformation(request))
        {
            throw Unknown("the address before its host");
        }
    }

    private static bool IsOther(StringValues values, Credential? credential) => values.Any(value => credential is null || value != credential.Secret);

    /// <summary>True for a target such as <c>http://user:password@host/path</c>, of which the framework keeps only the path.</summary>
    private static bool HasUserInformation(HttpRequest request)
    {
        string target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        return !target.StartsWith('/') && target.Split("://", 2) is [_, var rest] && rest.AsSpan(0, rest.AsSpan().IndexOfAny('/', '?') is >= 0 and var end ? end : rest.Length).Contains('@');
    }

    /// <summary>The reason why a request without a credential is none of nobody: something in it means to log in that programs or browsers also add beside a credential, unasked. Null when there is nothing.</summary>
    private static string? FindElsewhere(HttpRequest request)
        => request.Query.Keys.FirstOrDefault(CredentialNames.IsUser) is { } name ? $"The parameter '{name}' names a user, and the request has no credential beside it. {Forms}"
            : request.Headers.ProxyAuthorization.Count > 0 ? $"This server does not take credentials in the header Proxy-Authorization, which is for a proxy. {Forms}"
            : SessionCookie.FindUnusable(request.HttpContext) is { } session ? $"The cookie '{session}' is none of a session here: it is empty, or of this host with TLS where there is none, or without where there is. Log in again."
            : request.Cookies.Keys.FirstOrDefault(CredentialNames.IsCookie) is { } cookie ? $"This server does not take credentials in the cookie '{cookie}'. {Forms} In a browser, delete the cookies of this site."
            : null;

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
            [var key, ""] => new Credential(CredentialKind.Key, key, key),
            [var user, var password] => new Credential(CredentialKind.Password, user, password),
            _ => throw new AuthenticationException($"The header Authorization is not 'Basic' and then the base64 text of 'user:password'. {Forms}", null),
        };
    }

    /// <summary>The exception for a key that no device has; null where the general one tells enough.</summary>
    public AuthenticationException? WrongKey() => Kind == CredentialKind.Key && User.Length > 0 ? new AuthenticationException(NoPassword, null) : null;

    private static Credential OfKey(string key, string what)
        => key.Length > 0 ? new Credential(CredentialKind.Key, "", key) : throw new AuthenticationException($"{what} is empty. Check the variable that it comes from.", null);
}
