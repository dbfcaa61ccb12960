namespace ConnectorDb.Core.Tests.Support;

/// <summary>The classes of tests that use one PostgreSQL, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
