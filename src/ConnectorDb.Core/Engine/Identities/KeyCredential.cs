using ConnectorDb.Core.Storage;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>An API key of a device.</summary>
/// <param name="Hash">The SHA-256 hash of the key, in hexadecimal digits.</param>
public sealed record KeyCredential(string Hash) : LoginCredential
{
    internal const string Wrong = "No device has this API key. Check it, or ask the owner of the device for a new one.";

    internal override string Ended => Wrong;

    internal static KeyCredential Of(byte[] keyHash) => new(Convert.ToHexString(keyHash));

    internal override bool Holds(IStoreReader store, UserRecord user, DeviceRecord device)
        => device.KeyHash is { } hash && Convert.ToHexString(hash) == Hash;
}
