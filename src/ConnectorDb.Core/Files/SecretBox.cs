using System.Security.Cryptography;
using System.Text;

namespace ConnectorDb.Core.Files;

/// <summary>Encrypts and decrypts texts with AES-256-GCM and the secret of a <see cref="KeyFile"/>.</summary>
/// <remarks>The format is a version byte, nonce, tag and ciphertext.</remarks>
internal sealed class SecretBox(KeyFile file)
{
    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <param name="owner">The owner of the text, which is authenticated with it.</param>
    /// <exception cref="StoreException">The file of the key cannot be read or written.</exception>
    public byte[] Seal(string text, ReadOnlySpan<byte> owner)
    {
        byte[] plain = Encoding.UTF8.GetBytes(text);
        byte[] box = new byte[1 + NonceLength + TagLength + plain.Length];
        box[0] = Version;
        RandomNumberGenerator.Fill(box.AsSpan(1, NonceLength));
        using AesGcm aes = new(file.ReadOrMake(), TagLength);
        aes.Encrypt(box.AsSpan(1, NonceLength), plain, box.AsSpan(1 + NonceLength + TagLength), box.AsSpan(1 + NonceLength, TagLength), owner);
        return box;
    }

    /// <summary>The text; null when it was encrypted by another account, on another machine, or for another owner.</summary>
    public string? Open(byte[] box, ReadOnlySpan<byte> owner)
    {
        if (box.Length < 1 + NonceLength + TagLength || box[0] != Version || file.Read() is not { } secret)
        {
            return null;
        }

        ReadOnlySpan<byte> text = box.AsSpan(1 + NonceLength + TagLength);
        byte[] plain = new byte[text.Length];
        try
        {
            using AesGcm aes = new(secret, TagLength);
            aes.Decrypt(box.AsSpan(1, NonceLength), text, box.AsSpan(1 + NonceLength, TagLength), plain, owner);
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
