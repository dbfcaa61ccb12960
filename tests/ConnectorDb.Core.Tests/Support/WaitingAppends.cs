using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>Appends of a test that wait until they are on disk.</summary>
internal static class WaitingAppends
{
    public static AppendResult Append(this CdbEngine engine, Login login, CdbPath path, Block points, bool restamp, CancellationToken cancellation)
        => engine.Append(login, path, points, restamp, null, cancellation);

    public static AppendResult Append(this CdbEngine engine, Login login, CdbPath path, Block points, bool restamp, string? id, CancellationToken cancellation)
        => engine.AppendAsync(login, path, points, restamp, id, cancellation).AsTask().GetAwaiter().GetResult();
}
