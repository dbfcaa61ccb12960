namespace ConnectorDb.Server.Security;

/// <summary>
/// Marks an endpoint that does nothing but calls of the engine in the caller's name, each of which looks whether the caller's key is still
/// right; where it is not, the endpoint asks anew whose it is.
/// </summary>
internal sealed class ChecksKey
{
    public static ChecksKey Mark { get; } = new();
}
