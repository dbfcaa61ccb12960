namespace ConnectorDb.Server.Security;

/// <summary>Marks an endpoint whose engine calls verify the API key themselves, so that a cached login is enough to enter it.</summary>
internal sealed class DefersKeyCheck
{
    public static DefersKeyCheck Mark { get; } = new();
}
