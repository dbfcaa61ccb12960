using System.Buffers;
using System.Collections.Frozen;

namespace ConnectorDb.Server.Security;

/// <summary>Names under which clients of other services send credentials. A request with one of them means to log in, and must not be answered as an anonymous one.</summary>
/// <remarks>Only letters count: <c>api_key</c>, <c>API-KEY</c>, <c>api.key</c> and <c>apikey[0]</c> are one name.</remarks>
internal static class CredentialNames
{
    private const string ApiKey = "apikey";
    private const string Product = "connectordb";

    private static readonly SearchValues<char> s_letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly FrozenSet<string> s_headers = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "AccessKey", "AccessToken", "ApiToken", "ApiSecret", "XAccessKey", "XApiToken", "XApiSecret", "XConnectorDbKey", "XKey", "XAuth", "XAuthKey", "XAuthToken", "XAuthorization", "HttpAuthorization",
        "XAccessToken", "XSessionToken", "XToken", "Authentication", "PrivateToken", "XPrivateToken", "Token", "XPassword");

    /// <summary>As <see cref="s_headers"/>; p counts at the paths of InfluxDB only.</summary>
    private static readonly FrozenSet<string> s_parameters = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "AccessKey", "AccessToken", "ApiToken", "ApiSecret", "AuthKey", "AuthToken", "Auth", "Authorization", "Bearer", "Jwt", "PrivateToken", "Token", "Key", "Secret", "Session", "SessionToken", "p", "Pass", "Passwd", "Password",
        "Pwd");

    /// <summary>Names of parameters with the name of a user: alone they mean to log in, and beside a credential they are no secret.</summary>
    private static readonly FrozenSet<string> s_users = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "u", "User", "Username");

    /// <summary>True for a header with a credential that this server does not take.</summary>
    public static bool IsUnknownHeader(string name) => !name.Equals(Credential.KeyHeader, StringComparison.OrdinalIgnoreCase) && IsIn(s_headers, name);

    /// <summary>True for a parameter with a credential that this server does not take.</summary>
    public static bool IsUnknownParameter(string name) => !name.Equals(Credential.KeyParameter, StringComparison.OrdinalIgnoreCase) && IsIn(s_parameters, name);

    public static bool IsUser(string parameter) => s_users.Contains(Letters(parameter));

    /// <summary>True for a cookie with an API key, or named after this server. Cookies with general names come from other programs on the same host.</summary>
    /// <remarks>The token of a session proves nothing without it, and may outlive it.</remarks>
    public static bool IsCookie(string name)
        => HasKey(Letters(name)) || (name.Contains(Product, StringComparison.OrdinalIgnoreCase) && !name.EndsWith(CsrfToken.Cookie, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when the parameter has a credential, or is meant to.</summary>
    public static bool IsSecret(string parameter) => IsIn(s_parameters, parameter) || IsUser(parameter);

    private static bool IsIn(FrozenSet<string> names, string name) => Letters(name) is var letters && (names.Contains(letters) || HasKey(letters));

    private static bool HasKey(string letters) => letters.Contains(ApiKey, StringComparison.OrdinalIgnoreCase);

    private static string Letters(string name) => name.AsSpan().ContainsAnyExcept(s_letters) ? new string(Array.FindAll(name.ToCharArray(), char.IsAsciiLetter)) : name;
}
