namespace ConnectorDb.Server.Security;

/// <summary>Marks an endpoint that takes credentials as InfluxDB does, besides those of the API: the parameters <c>u</c> and <c>p</c>. It takes no session of a browser.</summary>
internal sealed class InfluxCredentials
{
    public static InfluxCredentials Mark { get; } = new();

    /// <summary>The credential in the parameters; null when they have none.</summary>
    public static Credential? Find(HttpRequest request)
    {
        string user = request.Query["u"].ToString();
        string password = request.Query["p"].ToString();
        return password.Length == 0 ? null : new Credential(user.Length == 0 ? CredentialKind.Key : CredentialKind.Password, user, password);
    }
}
