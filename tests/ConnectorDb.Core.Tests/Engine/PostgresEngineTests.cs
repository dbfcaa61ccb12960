using ConnectorDb.Core.Tests.Engine.Changes;
using ConnectorDb.Core.Tests.Engine.Identities;
using ConnectorDb.Core.Tests.Engine.Notifications;
using ConnectorDb.Core.Tests.Engine.Permissions;
using ConnectorDb.Core.Tests.Engine.Reading;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine;

[Collection(PostgresCollection.Name)]
public sealed class PostgresAppendTests(PostgresServer server) : AppendSuite(new Database(server));

[Collection(PostgresCollection.Name)]
public sealed class PostgresLateDatapointTests(PostgresServer server) : LateDatapointSuite(new Database(server));

[Collection(PostgresCollection.Name)]
public sealed class PostgresNeighbourScanTests(PostgresServer server) : NeighbourScanSuite(new Database(server));

[Collection(PostgresCollection.Name)]
public sealed class PostgresReadTests(PostgresServer server) : ReadSuite(new Database(server));

[Collection(PostgresCollection.Name)]
public sealed class PostgresSummaryScanTests(PostgresServer server) : SummaryScanSuite(new Database(server));

[Collection(PostgresCollection.Name)]
public sealed class PostgresTreeTests(PostgresServer server) : TreeSuite(new Database(server));

[Collection(PostgresCollection.Name)]
public sealed class PostgresChangeLogTests(PostgresServer server) : ChangeLogSuite(new Database(server, logsChanges: true));

[Collection(PostgresCollection.Name)]
public sealed class PostgresLoginTests(PostgresServer server) : LoginSuite(new Database(server));

[Collection(PostgresCollection.Name)]
public sealed class PostgresSessionTests(PostgresServer server) : SessionSuite(new Database(server));

[Collection(PostgresCollection.Name)]
public sealed class PostgresDownlinkSubscriptionTests(PostgresServer server) : DownlinkSubscriptionSuite(new Database(server));

[Collection(PostgresCollection.Name)]
public sealed class PostgresEphemeralSubscriptionTests(PostgresServer server) : EphemeralSubscriptionSuite(new Database(server));

[Collection(PostgresCollection.Name)]
public sealed class PostgresLoginWatchTests(PostgresServer server) : LoginWatchSuite(new Database(server));

[Collection(PostgresCollection.Name)]
public sealed class PostgresSubscriptionTests(PostgresServer server) : SubscriptionSuite(new Database(server));

[Collection(PostgresCollection.Name)]
public sealed class PostgresMemberReadTests(PostgresServer server) : MemberReadSuite(new Database(server));

[Collection(PostgresCollection.Name)]
public sealed class PostgresPermissionTests(PostgresServer server) : PermissionSuite(new Database(server));
