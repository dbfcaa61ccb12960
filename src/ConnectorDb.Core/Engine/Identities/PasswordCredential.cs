using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>The password of a user.</summary>
/// <param name="Hash">The stored hash that the password matched.</param>
public sealed record PasswordCredential(string Hash) : LoginCredential
{
    internal override string Ended => "The password of this login was changed. Log in again with the new one.";

    /// <summary>Text without the hash, for logs and debuggers.</summary>
    public override string ToString() => nameof(PasswordCredential);

    internal override bool Holds(IStoreReader store, UserRecord user, DeviceRecord device) => user.PasswordHash == Hash;
}
