using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>Gives devices their API keys, sealed and bound to the key's hash, and reads them again for those who may.</summary>
internal sealed class KeyRing(KeyFile file)
{
    private readonly SecretBox _box = new(file);

    public DeviceRecord WithKey(DeviceRecord device, string apiKey)
    {
        byte[] hash = ApiKey.Hash(apiKey);
        return device with { KeyHash = hash, SealedKey = _box.Seal(apiKey, hash) };
    }

    /// <summary>The readable key; null when the device has none, or it was sealed on another machine.</summary>
    public string? Read(DeviceRecord device)
        => device is { SealedKey: { } box, KeyHash: { } hash } ? _box.Open(box, hash) : null;
}
