namespace ConnectorDb.Core.Polling.Snmp;

/// <summary>Encodes the parts of SNMP messages in the Basic Encoding Rules (X.690).</summary>
internal static class BerWriter
{
    private const int LongForm = 0x80;

    public static byte[] Element(byte tag, params byte[][] parts)
    {
        int length = parts.Sum(part => part.Length);
        byte[] head = length < LongForm ? [tag, (byte)length] : length <= byte.MaxValue ? [tag, LongForm | 1, (byte)length] : [tag, LongForm | 2, (byte)(length >> 8), (byte)length];
        return [.. head, .. parts.SelectMany(part => part)];
    }

    /// <summary>The shortest two's complement.</summary>
    public static byte[] Integer(long value)
    {
        List<byte> bytes = [];
        do
        {
            bytes.Insert(0, (byte)value);
            value >>= 8;
        }
        while (value is not (0 or -1) || (value == 0 && bytes[0] >= 0x80) || (value == -1 && bytes[0] < 0x80));

        return Element(BerTag.Integer, [.. bytes]);
    }

    public static byte[] OctetString(params byte[] bytes) => Element(BerTag.OctetString, bytes);

    /// <param name="identifier">Two numbers at least.</param>
    public static byte[] ObjectIdentifier(uint[] identifier)
    {
        List<byte> bytes = [];
        Add((ulong)identifier[0] * 40 + identifier[1]);
        foreach (uint number in identifier.AsSpan(2))
        {
            Add(number);
        }

        return Element(BerTag.ObjectIdentifier, [.. bytes]);

        // Seven bits each, the highest first; all but the last have the highest bit.
        void Add(ulong number)
        {
            int at = bytes.Count;
            bytes.Add((byte)(number & 0x7F));
            while ((number >>= 7) > 0)
            {
                bytes.Insert(at, (byte)(number & 0x7F | 0x80));
            }
        }
    }
}
