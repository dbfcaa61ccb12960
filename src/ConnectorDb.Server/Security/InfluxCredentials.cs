namespace ConnectorDb.Server.Security;

/// <summary>Marks an endpoint that takes credentials as InfluxDB does, besides those of the API: the parameters <c>u</c> and <c>p</c>. It takes no session of a browser.</summary>
internal sealed class InfluxCredentials
{
    public static InfluxCredentials Mark { get; } = new();

    /// <summary>True for a parameter with a credential here.</summary>
    public static bool IsIn(string parameter) => parameter is "u" or "U" or "p" or "P";

    /// <summary>The credentials in the parameters: more than one when <c>p</c> occurs several times.</summary>
    public static IEnumerable<Credential> Find(HttpRequest request)
    {
        string user = request.Query["u"].ToString();
        return request.Query["p"].Where(password => password?.Length > 0).Select(password => new Credential(user.Length == 0 ? CredentialKind.Key : CredentialKind.Password, user, password!));
    }
}
