using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Server.Security;

/// <summary>Whom a request comes from.</summary>
/// <param name="IsBySession">A browser said who it is by itself, without anyone having asked it to; others can make it do so.</param>
internal sealed record Caller(Login Login, ICdbClient Client, bool IsBySession)
{
    public bool IsNobody => Login == Login.Nobody;

    public static Caller Of(CdbEngine engine, Login login, bool isBySession = false)
        => new(login, EmbeddedClient.Over(engine, login), isBySession);
}
