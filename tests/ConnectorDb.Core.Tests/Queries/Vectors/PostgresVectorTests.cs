using ConnectorDb.Core.Tests.Support;
using Xunit.Abstractions;

namespace ConnectorDb.Core.Tests.Queries.Vectors;

[Collection(PostgresCollection.Name)]
public sealed class PostgresVectorTests(PostgresServer server, ITestOutputHelper output) : StoreVectorSuite(output, EmptyDatabase(server))
{
    private static string EmptyDatabase(PostgresServer server)
    {
        server.SkipWhenMissing();
        return server.EmptyDatabase();
    }
}
