using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Engine.Identities;

/// <summary>Creates and checks stateless session tokens: <c>device|id|expiry</c> with an HMAC-SHA256.</summary>
/// <remarks>The HMAC key is derived from the secret of the store. The HMAC covers the key of the device and the password of the user, so that a change of either ends the session.</remarks>
internal sealed class SessionSeal(KeyFile file)
{
    private const char Separator = '|';

    public string Issue(UserRecord user, DeviceRecord device, DateTimeOffset expiry)
    {
        string claim = string.Create(CultureInfo.InvariantCulture, $"{device.Path}{Separator}{device.Id}{Separator}{expiry.ToUnixTimeSeconds()}");
        return $"{Encode(Encoding.UTF8.GetBytes(claim))}.{Encode(Seal(claim, user, device))}";
    }

    /// <summary>The device and expiry in the token, not yet verified; null when it is not a token.</summary>
    public static (Login Login, DateTimeOffset Expiry)? Read(string session)
    {
        string[] claim = Text(session.Split('.')[0]).Split(Separator);
        return claim.Length == 3
            && claim[0].Split('/') is [var user, var device]
            && CdbName.IsValid(user)
            && CdbName.IsValid(device)
            && long.TryParse(claim[1], NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            && long.TryParse(claim[2], NumberStyles.None, CultureInfo.InvariantCulture, out long expiry)
            && expiry <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? (new Login(CdbPath.ForDevice(user, device), id), DateTimeOffset.FromUnixTimeSeconds(expiry))
            : null;
    }

    public bool Holds(string session, UserRecord user, DeviceRecord device)
    {
        string[] parts = session.Split('.');
        return parts.Length == 2
            && CryptographicOperations.FixedTimeEquals(Bytes(parts[1]), Seal(Text(parts[0]), user, device));
    }

    private byte[] Seal(string claim, UserRecord user, DeviceRecord device)
    {
        byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, file.ReadOrMake(), HMACSHA256.HashSizeInBytes, info: "session"u8.ToArray());
        byte[] proofs = Encoding.UTF8.GetBytes($"{claim}{Separator}{Convert.ToHexString(device.KeyHash ?? [])}{Separator}{user.PasswordHash}");
        return HMACSHA256.HashData(key, proofs);
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Text(string encoded) => Encoding.UTF8.GetString(Bytes(encoded));

    private static byte[] Bytes(string encoded)
    {
        string padded = encoded.Replace('-', '+').Replace('_', '/').PadRight((encoded.Length + 3) / 4 * 4, '=');
        byte[] bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out int length) ? bytes[..length] : [];
    }
}
