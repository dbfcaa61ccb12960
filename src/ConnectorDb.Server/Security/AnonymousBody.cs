namespace ConnectorDb.Server.Security;

/// <summary>Marks an endpoint that also reads a small request body of an anonymous caller, under a condition.</summary>
/// <param name="check">Throws an <see cref="AuthenticationException"/> when the condition does not hold.</param>
internal sealed class AnonymousBody(Action<HttpContext> check)
{
    /// <summary>Maximum size of the body in bytes.</summary>
    public const long Limit = 64 << 10;

    /// <exception cref="AuthenticationException">The caller must log in first.</exception>
    public void Check(HttpContext context) => check(context);

    public static AuthenticationException Refused()
        => new("A request with a body needs a login. Send 'Authorization: Bearer KEY' with the API key of a device, or user name and password.", null);
}
