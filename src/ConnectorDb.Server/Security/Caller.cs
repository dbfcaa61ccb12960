using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Server.Security;

/// <summary>The authenticated caller of a request, and the database as this caller sees it.</summary>
/// <param name="IsBySession">The credential is a cookie, which a browser also sends when another site makes it call (CSRF).</param>
internal sealed record Caller(Login Login, ICdbClient Client, bool IsBySession)
{
    public bool IsAnonymous => Login.IsAnonymous;

    public static Caller Of(CdbEngine engine, Login login, bool isBySession = false)
        => new(login, EmbeddedClient.Over(engine, login), isBySession);
}
