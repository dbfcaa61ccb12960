namespace ConnectorDb.Server.Security;

internal enum CredentialKind
{
    Password,
    Key,
    Session,
    Link,
}
