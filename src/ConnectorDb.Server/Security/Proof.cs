namespace ConnectorDb.Server.Security;

/// <summary>What a caller proves with who it is.</summary>
internal enum Proof
{
    Password,
    Key,
    Session,
}
