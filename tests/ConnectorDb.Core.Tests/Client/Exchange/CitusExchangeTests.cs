using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Client.Exchange;

[Collection(CitusCollection.Name)]
public sealed class CitusRoundTripTests(CitusServers server) : RoundTripSuite(server);

[Collection(CitusCollection.Name)]
public sealed class CitusMergeTests(CitusServers server) : MergeSuite(server);

[Collection(CitusCollection.Name)]
public sealed class CitusCutShortTests(CitusServers server) : CutShortSuite(server);

[Collection(CitusCollection.Name)]
public sealed class CitusKilledImportTests(CitusServers server) : KilledImportSuite(server);
