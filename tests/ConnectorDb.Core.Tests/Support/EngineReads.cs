using ConnectorDb.Columns;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Engine.Identities;

namespace ConnectorDb.Core.Tests.Support;

internal static class EngineReads
{
    /// <summary>The datapoints of a query; a store in this process has them at once.</summary>
    public static IEnumerable<Block> Read(this CdbEngine engine, Login login, DataQuery query, CancellationToken cancellation)
        => engine.ReadAsync(login, query, cancellation).ToBlockingEnumerable(cancellation);
}
