using ConnectorDb.Core.Tests.Engine.Changes;
using ConnectorDb.Core.Tests.Engine.Identities;
using ConnectorDb.Core.Tests.Engine.Notifications;
using ConnectorDb.Core.Tests.Engine.Reading;
using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine;

public sealed class AppendTests() : AppendSuite(new Database());

public sealed class LateDatapointTests() : LateDatapointSuite(new Database());

public sealed class NeighbourScanTests() : NeighbourScanSuite(new Database());

public sealed class ReadTests() : ReadSuite(new Database());

public sealed class SummaryScanTests() : SummaryScanSuite(new Database());

public sealed class TreeTests() : TreeSuite(new Database());

public sealed class ChangeLogTests() : ChangeLogSuite(new Database(logsChanges: true));

public sealed class LoginTests() : LoginSuite(new Database());

public sealed class SessionTests() : SessionSuite(new Database());

public sealed class DownlinkSubscriptionTests() : DownlinkSubscriptionSuite(new Database());

public sealed class EphemeralSubscriptionTests() : EphemeralSubscriptionSuite(new Database());

public sealed class LoginWatchTests() : LoginWatchSuite(new Database());

public sealed class SubscriptionTests() : SubscriptionSuite(new Database());

public sealed class MemberReadTests() : MemberReadSuite(new Database());
