namespace ConnectorDb.Server.Security;

/// <summary>
/// Marks an endpoint that takes credentials as InfluxDB does, besides those of the API: the parameters <c>u</c> and <c>p</c>, and
/// <c>Authorization: Token</c> with an API key or <c>user:password</c>. It takes no session of a browser.
/// </summary>
internal sealed class InfluxCredentials
{
    private const string Scheme = "Token ";

    public static InfluxCredentials Mark { get; } = new();

    /// <summary>The credential of the request in a form of InfluxDB; null when it has none.</summary>
    public static Credential? Find(HttpRequest request)
    {
        string user = request.Query["u"].ToString();
        string password = request.Query["p"].ToString();
        if (password.Length > 0)
        {
            return new Credential(user.Length == 0 ? CredentialKind.Key : CredentialKind.Password, user, password);
        }

        string header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string token = header[Scheme.Length..].Trim();
        int colon = token.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? new Credential(CredentialKind.Password, token[..colon], token[(colon + 1)..]) : new Credential(CredentialKind.Key, "", token);
    }
}
