using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace ConnectorDb.Core.Polling.Snmp;

/// <summary>Converts values of SNMP (RFC 2578, chapter 7.1).</summary>
internal static class SnmpValue
{
    private const double TicksPerSecond = 100;

    /// <summary>The bytes before a float in an Opaque, as net-snmp sends it.</summary>
    private static readonly byte[] s_float = [0x9F, 0x78, 4];

    private static readonly UTF8Encoding s_text = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The value; null where the agent has none.</returns>
    /// <exception cref="FormatException">The bytes are not a value of this type.</exception>
    public static DataValue? Read(byte tag, ReadOnlySpan<byte> content) => tag switch
    {
        BerTag.Integer => DataValue.From(BerReader.Signed(content)),
        BerTag.Counter32 or BerTag.Gauge32 => DataValue.From((long)BerReader.Unsigned(content)),
        BerTag.Counter64 => Exact(BerReader.Unsigned(content)),
        BerTag.TimeTicks => DataValue.From(BerReader.Unsigned(content) / TicksPerSecond),
        BerTag.OctetString => DataValue.From(Text(content)),
        BerTag.ObjectIdentifier => DataValue.From(BerReader.ObjectIdentifier(content)),
        BerTag.IpAddress when content.Length == 4 => DataValue.From(new IPAddress(content).ToString()),
        BerTag.Opaque when content.Length == 7 && content.StartsWith(s_float) && BinaryPrimitives.ReadSingleBigEndian(content[3..]) is var number && float.IsFinite(number) => DataValue.From((double)number),
        BerTag.NoSuchObject or BerTag.NoSuchInstance or BerTag.EndOfView or BerTag.Null => null,
        _ => DataValue.From(Convert.ToHexString(content)),
    };

    private static DataValue Exact(ulong value)
        => value <= long.MaxValue ? DataValue.From((long)value) : DataValue.ReadNumber(Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A text; other bytes, such as a hardware address, in hexadecimal digits.</summary>
    private static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            string text = s_text.GetString(bytes);
            return text.All(c => !char.IsControl(c) || c is '\t' or '\r' or '\n') ? text : Convert.ToHexString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Convert.ToHexString(bytes);
        }
    }
}
