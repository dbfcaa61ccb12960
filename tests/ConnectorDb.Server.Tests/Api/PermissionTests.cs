using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Api;

/// <summary>The permissions of a server with a file.</summary>
public sealed class PermissionTests(ServerFixture fixture) : PermissionSuite(fixture.Server), IClassFixture<ServerFixture>;
