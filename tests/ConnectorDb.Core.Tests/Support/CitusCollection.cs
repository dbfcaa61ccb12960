namespace ConnectorDb.Core.Tests.Support;

/// <summary>The classes of tests that use one Citus cluster, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class CitusCollection : ICollectionFixture<CitusServers>
{
    public const string Name = "Citus";
}
