using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ConnectorDb.Core.Polling.Snmp;

/// <summary>Messages of version 2c (RFC 1901) or of version 3 with the user-based security model (RFC 3412, 3414, 3826) to one agent.</summary>
internal sealed class SnmpSession(SnmpRequest request)
{
    private const int Version2 = 1;
    private const int Version3 = 3;
    private const int MaxMessage = 65507;
    private const int UserBased = 3;
    private const byte Authenticated = 1;
    private const byte Encrypted = 2;
    private const byte Reportable = 4;

    private byte[] _engine = [];
    private long _boots;
    private long _time;
    private byte[]? _authKey;
    private byte[]? _privKey;
    private long _salt = BinaryPrimitives.ReadInt64BigEndian(RandomNumberGenerator.GetBytes(sizeof(long)));
    private int _id = RandomNumberGenerator.GetInt32(1, int.MaxValue / 2);
    private SnmpHash? _hash;

    /// <summary>False until a message of version 3 has said the identity and the time of the agent.</summary>
    public bool IsReady => request.UserName is null || _engine.Length > 0;

    /// <summary>The identifier of the last request.</summary>
    public int LastId => _id;

    /// <exception cref="IOException">A secret cannot be read.</exception>
    public byte[] Get()
    {
        _id++;
        if (request.UserName is { } user)
        {
            return IsReady ? Secured(user, SnmpPdu.Get(_id, request.Identifier)) : Message3("", Reportable, [], [], SnmpPdu.Get(_id, null), isEncrypted: false);
        }

        string community = request.Community is { } secret ? SecretSource.Read(secret) : "public";
        return BerWriter.Element(BerTag.Sequence, BerWriter.Integer(Version2), BerWriter.OctetString(Encoding.UTF8.GetBytes(community)), SnmpPdu.Get(_id, request.Identifier));
    }

    /// <summary>Reads a response, and learns identity and time of the agent.</summary>
    /// <exception cref="FormatException">The bytes are not a message.</exception>
    /// <exception cref="CryptographicException">The message was not made with the key.</exception>
    public SnmpPdu Read(byte[] message)
    {
        BerReader outer = new(message);
        BerReader reader = new(outer.Element(BerTag.Sequence));
        long version = reader.Integer();
        if (version == Version2 && request.UserName is null)
        {
            reader.Element(BerTag.OctetString);
            return SnmpPdu.Read(reader.Rest);
        }

        return version == Version3 && request.UserName is not null ? Read3(message, reader) : throw new FormatException($"The message has the version {version}.");
    }

    /// <summary>Forgets identity, time and keys, so that the next message asks for them.</summary>
    public void Forget() => (_engine, _authKey, _privKey) = ([], null, null);

    private byte[] Secured(string user, byte[] pdu)
    {
        MakeKeys();
        if (_authKey is null)
        {
            return Message3(user, Reportable, [], [], pdu, isEncrypted: false);
        }

        byte[] privacy = [];
        byte flags = Authenticated | Reportable;
        byte[] scoped = pdu;
        if (_privKey is not null)
        {
            privacy = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(privacy, ++_salt);
            scoped = Crypt(_privKey, Vector(_boots, _time, privacy), Scoped(pdu), isEncrypting: true);
            flags |= Encrypted;
        }

        // The code is over the message with zeros in its place.
        byte[] empty = new byte[_hash!.CodeLength];
        byte[] message = Message3(user, flags, empty, privacy, scoped, isEncrypted: _privKey is not null);
        byte[] code = _hash.Code(_authKey, message);
        int at = message.AsSpan().IndexOf(CodeElement(empty, privacy)) + 2;
        code.CopyTo(message, at);
        return message;
    }

    private static byte[] CodeElement(byte[] code, byte[] privacy) => [.. BerWriter.OctetString(code), .. BerWriter.OctetString(privacy)];

    private void MakeKeys()
    {
        if (_authKey is null && request.AuthPassword is { } auth)
        {
            _hash = SnmpHash.Of(request.Hash);
            _authKey = _hash.Key(SnmpRequest.Password(auth), _engine);
            _privKey = request.PrivPassword is { } priv ? _hash.Key(SnmpRequest.Password(priv), _engine)[..16] : null;
        }
    }

    private byte[] Message3(string user, byte flags, byte[] code, byte[] privacy, byte[] pdu, bool isEncrypted)
        => BerWriter.Element(
            BerTag.Sequence,
            BerWriter.Integer(Version3),
            BerWriter.Element(BerTag.Sequence, BerWriter.Integer(_id), BerWriter.Integer(MaxMessage), BerWriter.OctetString(flags), BerWriter.Integer(UserBased)),
            BerWriter.OctetString(BerWriter.Element(
                BerTag.Sequence,
                BerWriter.OctetString(_engine),
                BerWriter.Integer(_boots),
                BerWriter.Integer(_time),
                BerWriter.OctetString(Encoding.UTF8.GetBytes(user)),
                BerWriter.OctetString(code),
                BerWriter.OctetString(privacy))),
            isEncrypted ? BerWriter.OctetString(pdu) : Scoped(pdu));

    private byte[] Scoped(byte[] pdu) => BerWriter.Element(BerTag.Sequence, BerWriter.OctetString(_engine), BerWriter.OctetString(), pdu);

    private SnmpPdu Read3(byte[] message, BerReader reader)
    {
        BerReader head = new(reader.Element(BerTag.Sequence));
        (_, _) = (head.Integer(), head.Integer());
        byte flags = head.Element(BerTag.OctetString) is [var first] ? first : throw new FormatException("The message has no flags.");
        BerReader parameters = new(reader.Element(BerTag.OctetString));
        BerReader security = new(parameters.Element(BerTag.Sequence));
        byte[] engine = security.Element(BerTag.OctetString).ToArray();
        (long boots, long time) = (security.Integer(), security.Integer());
        security.Element(BerTag.OctetString);
        byte[] code = security.Element(BerTag.OctetString).ToArray();
        byte[] privacy = security.Element(BerTag.OctetString).ToArray();
        bool isAuthenticated = (flags & Authenticated) != 0 && _authKey is not null;
        if (isAuthenticated)
        {
            byte[] zeroed = [.. message];
            int at = message.AsSpan().IndexOf(CodeElement(code, privacy));
            if (at < 0 || code.Length != _hash!.CodeLength)
            {
                throw new CryptographicException("The authentication code is missing.");
            }

            zeroed.AsSpan(at + 2, code.Length).Clear();
            if (!CryptographicOperations.FixedTimeEquals(_hash.Code(_authKey!, zeroed), code))
            {
                throw new CryptographicException("The authentication code is wrong.");
            }
        }

        byte[] scoped = (flags & Encrypted) == 0 ? reader.Rest.ToArray()
            : isAuthenticated && _privKey is not null && privacy.Length == sizeof(long) ? Crypt(_privKey, Vector(boots, time, privacy), reader.Element(BerTag.OctetString).ToArray(), isEncrypting: false)
            : throw new CryptographicException("The message is encrypted in another way.");
        BerReader whole = new(scoped);
        BerReader content = new(whole.Element(BerTag.Sequence));
        content.Element(BerTag.OctetString);
        content.Element(BerTag.OctetString);
        SnmpPdu pdu = SnmpPdu.Read(content.Rest);

        // A response below the level of the request could be anyone's; only reports may be (RFC 3414, 3.2).
        if (pdu.Tag != BerTag.Report && ((_authKey is not null && !isAuthenticated) || (_privKey is not null && (flags & Encrypted) == 0)))
        {
            throw new CryptographicException("The response is not protected as the request was.");
        }

        // The first report has identity and time. If it was not from the agent, the agent answers a wrong time with an authenticated report.
        if (_engine.Length == 0)
        {
            _engine = engine;
        }

        if (isAuthenticated || _authKey is null)
        {
            (_boots, _time) = (boots, time);
        }

        return pdu;
    }

    private static byte[] Vector(long boots, long time, byte[] salt)
    {
        byte[] vector = new byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(vector, (uint)boots);
        BinaryPrimitives.WriteUInt32BigEndian(vector.AsSpan(4), (uint)time);
        salt.CopyTo(vector, 8);
        return vector;
    }

    /// <summary>AES-128 in CFB mode over any number of bytes (RFC 3826).</summary>
    private static byte[] Crypt(byte[] key, byte[] vector, byte[] data, bool isEncrypting)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        const int BlockBits = 128;
        byte[] padded = new byte[(data.Length + 15) / 16 * 16];
        data.CopyTo(padded, 0);
        byte[] result = isEncrypting ? aes.EncryptCfb(padded, vector, PaddingMode.None, BlockBits) : aes.DecryptCfb(padded, vector, PaddingMode.None, BlockBits);
        return result[..data.Length];
    }
}
