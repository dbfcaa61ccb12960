using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Core.Tests.Support;

/// <summary>Synchronous appends of tests.</summary>
internal static class WaitingAppends
{
    public static AppendResult Append(this CdbEngine engine, Login login, CdbPath path, Block points, bool restamp, CancellationToken cancellation)
        => engine.Append(login, path, points, restamp, null, cancellation);

    public static AppendResult Append(this CdbEngine engine, Login login, CdbPath path, Block points, bool restamp, string? id, CancellationToken cancellation, bool asExported = false)
        => engine.AppendAsync(login, [new StreamBlock(path, points)], new AppendOptions { Restamp = restamp, IdempotencyKey = id, AsExported = asExported }, cancellation).AsTask().GetAwaiter().GetResult()[0];
}
