using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Client.Exchange;

[Collection(PostgresCollection.Name)]
public sealed class PostgresRoundTripTests(PostgresServer server) : RoundTripSuite(server);

[Collection(PostgresCollection.Name)]
public sealed class PostgresMergeTests(PostgresServer server) : MergeSuite(server);

[Collection(PostgresCollection.Name)]
public sealed class PostgresCutShortTests(PostgresServer server) : CutShortSuite(server);

[Collection(PostgresCollection.Name)]
public sealed class PostgresKilledImportTests(PostgresServer server) : KilledImportSuite(server);
