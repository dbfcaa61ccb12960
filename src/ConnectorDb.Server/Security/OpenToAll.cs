namespace ConnectorDb.Server.Security;

/// <summary>Marks an endpoint that does not ask who calls.</summary>
internal sealed class OpenToAll
{
    public static OpenToAll Mark { get; } = new();
}
