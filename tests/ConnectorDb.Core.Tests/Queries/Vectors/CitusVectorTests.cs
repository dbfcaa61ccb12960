using ConnectorDb.Core.Tests.Support;
using Xunit.Abstractions;

namespace ConnectorDb.Core.Tests.Queries.Vectors;

[Collection(CitusCollection.Name)]
public sealed class CitusVectorTests(CitusServers server, ITestOutputHelper output) : StoreVectorSuite(output, EmptyDatabase(server))
{
    private static string EmptyDatabase(CitusServers server)
    {
        server.SkipWhenMissing();
        return server.EmptyDatabase();
    }
}
