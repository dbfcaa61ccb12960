using ConnectorDb.Server.Tests.Support;

namespace ConnectorDb.Server.Tests.Api;

/// <summary>The permissions of a server with a database in PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresPermissionTests(PostgresServerFixture fixture) : PermissionSuite(fixture.Server), IClassFixture<PostgresServerFixture>;
