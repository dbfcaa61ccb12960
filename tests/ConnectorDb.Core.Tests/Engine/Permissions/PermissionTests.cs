using ConnectorDb.Core.Tests.Support;

namespace ConnectorDb.Core.Tests.Engine.Permissions;

public sealed class PermissionTests() : PermissionSuite(new Database());
