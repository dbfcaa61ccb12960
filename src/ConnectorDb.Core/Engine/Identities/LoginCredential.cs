using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>The proof of a login. Each call compares it with the store, so that a login ends together with its credential.</summary>
public abstract record LoginCredential
{
    /// <summary>The reason and the next step when the credential is not valid any more.</summary>
    internal abstract string Ended { get; }

    /// <summary>True while the credential is valid.</summary>
    internal abstract bool Holds(IStoreReader store, UserRecord user, DeviceRecord device);
}
