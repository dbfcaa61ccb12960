using System.Security.Cryptography;
using System.Text;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>
/// Seals API keys, so that those who may can read them again while the file alone gives nothing away: AES-256-GCM with
/// the key of a <see cref="KeyFile"/>. A sealed key is a version byte, nonce, tag and text, bound to the key's hash.
/// </summary>
internal sealed class KeyRing(KeyFile file)
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public DeviceRecord WithKey(DeviceRecord device, string apiKey)
    {
        byte[] hash = ApiKey.Hash(apiKey);
        return device with { KeyHash = hash, SealedKey = Seal(apiKey, hash) };
    }

    /// <summary>The readable key; null when the device has none, or it was sealed on another machine.</summary>
    public string? Read(DeviceRecord device)
    {
        if (device is not { SealedKey: { Length: > 1 + NonceLength + TagLength } box, KeyHash: { } hash } || box[0] != Version || file.Read() is not { } secret)
        {
            return null;
        }

        ReadOnlySpan<byte> text = box.AsSpan(1 + NonceLength + TagLength);
        byte[] plain = new byte[text.Length];
        try
        {
            using AesGcm aes = new(secret, TagLength);
            aes.Decrypt(box.AsSpan(1, NonceLength), text, box.AsSpan(1 + NonceLength, TagLength), plain, hash);
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private byte[] Seal(string apiKey, byte[] hash)
    {
        byte[] text = Encoding.UTF8.GetBytes(apiKey);
        byte[] box = new byte[1 + NonceLength + TagLength + text.Length];
        box[0] = Version;
        RandomNumberGenerator.Fill(box.AsSpan(1, NonceLength));
        using AesGcm aes = new(file.ReadOrMake(), TagLength);
        aes.Encrypt(box.AsSpan(1, NonceLength), text, box.AsSpan(1 + NonceLength + TagLength), box.AsSpan(1 + NonceLength, TagLength), hash);
        return box;
    }
}
