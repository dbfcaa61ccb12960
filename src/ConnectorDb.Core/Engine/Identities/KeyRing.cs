using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>Encrypts the API keys of devices, bound to the hash of the key, and decrypts them.</summary>
internal sealed class KeyRing(KeyFile file)
{
    private readonly SecretBox _box = new(file);

    public DeviceRecord WithKey(DeviceRecord device, string apiKey)
    {
        byte[] hash = ApiKey.Hash(apiKey);
        return device with { KeyHash = hash, SealedKey = _box.Seal(apiKey, hash) };
    }

    /// <summary>The decrypted key; null when the device has none, or it was encrypted on another machine.</summary>
    public string? Read(DeviceRecord device)
        => device is { SealedKey: { } box, KeyHash: { } hash } ? _box.Open(box, hash) : null;
}
