using ConnectorDb.Core.Tests.Engine.Changes;
using ConnectorDb.Core.Tests.Engine.Identities;
using ConnectorDb.Core.Tests.Engine.Notifications;
using ConnectorDb.Core.Tests.Engine.Permissions;
using ConnectorDb.Core.Tests.Engine.Reading;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine;

[Collection(CitusCollection.Name)]
public sealed class CitusAppendTests(CitusServers server) : AppendSuite(new Database(server));

[Collection(CitusCollection.Name)]
public sealed class CitusLateDatapointTests(CitusServers server) : LateDatapointSuite(new Database(server));

[Collection(CitusCollection.Name)]
public sealed class CitusNeighbourScanTests(CitusServers server) : NeighbourScanSuite(new Database(server));

[Collection(CitusCollection.Name)]
public sealed class CitusReadTests(CitusServers server) : ReadSuite(new Database(server));

[Collection(CitusCollection.Name)]
public sealed class CitusSummaryScanTests(CitusServers server) : SummaryScanSuite(new Database(server));

[Collection(CitusCollection.Name)]
public sealed class CitusTreeTests(CitusServers server) : TreeSuite(new Database(server));

[Collection(CitusCollection.Name)]
public sealed class CitusChangeLogTests(CitusServers server) : ChangeLogSuite(new Database(server, logsChanges: true));

[Collection(CitusCollection.Name)]
public sealed class CitusLoginTests(CitusServers server) : LoginSuite(new Database(server));

[Collection(CitusCollection.Name)]
public sealed class CitusSessionTests(CitusServers server) : SessionSuite(new Database(server));

[Collection(CitusCollection.Name)]
public sealed class CitusDownlinkSubscriptionTests(CitusServers server) : DownlinkSubscriptionSuite(new Database(server));

[Collection(CitusCollection.Name)]
public sealed class CitusEphemeralSubscriptionTests(CitusServers server) : EphemeralSubscriptionSuite(new Database(server));

[Collection(CitusCollection.Name)]
public sealed class CitusLoginWatchTests(CitusServers server) : LoginWatchSuite(new Database(server));

[Collection(CitusCollection.Name)]
public sealed class CitusSubscriptionTests(CitusServers server) : SubscriptionSuite(new Database(server));

[Collection(CitusCollection.Name)]
public sealed class CitusMemberReadTests(CitusServers server) : MemberReadSuite(new Database(server));

[Collection(CitusCollection.Name)]
public sealed class CitusPermissionTests(CitusServers server) : PermissionSuite(new Database(server));
