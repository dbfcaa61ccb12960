using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>A session of a browser.</summary>
/// <param name="Id">The id of the session in the store.</param>
public sealed record SessionCredential(long Id) : LoginCredential
{
    internal const string HasEnded = "The session has ended. Log in again.";

    internal override string Ended => HasEnded;

    internal override bool Holds(IStoreReader store, UserRecord user, DeviceRecord device) => store.FindSession(Id)?.DeviceId == device.Id;
}
