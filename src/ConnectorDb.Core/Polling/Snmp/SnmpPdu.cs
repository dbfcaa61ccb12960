namespace ConnectorDb.Core.Polling.Snmp;

/// <summary>A request for one object, and its response (RFC 3416).</summary>
/// <param name="Tag">The type of the response.</param>
/// <param name="Name">The identifier of the object in the response.</param>
/// <param name="Value">The value; null where the agent has none.</param>
internal readonly record struct SnmpPdu(byte Tag, long RequestId, long ErrorStatus, string Name, DataValue? Value)
{
    private static readonly string[] s_errors =
    [
        "none", "tooBig", "noSuchName", "badValue", "readOnly", "genErr", "noAccess", "wrongType", "wrongLength", "wrongEncoding", "wrongValue", "noCreation", "inconsistentValue",
        "resourceUnavailable", "commitFailed", "undoFailed", "authorizationError", "notWritable", "inconsistentName",
    ];

    /// <summary>The name of the error.</summary>
    public string Error => ErrorStatus >= 0 && ErrorStatus < s_errors.Length ? s_errors[ErrorStatus] : "unknown error";

    public static byte[] Get(int requestId, uint[]? identifier)
        => BerWriter.Element(
            BerTag.GetRequest,
            BerWriter.Integer(requestId),
            BerWriter.Integer(0),
            BerWriter.Integer(0),
            BerWriter.Element(BerTag.Sequence, identifier is null ? [] : [BerWriter.Element(BerTag.Sequence, BerWriter.ObjectIdentifier(identifier), [BerTag.Null, 0])]));

    /// <exception cref="FormatException">The bytes are not a PDU.</exception>
    public static SnmpPdu Read(ReadOnlySpan<byte> bytes)
    {
        BerReader outer = new(bytes);
        BerReader pdu = new(outer.Any(out byte tag));
        (long requestId, long status, _) = (pdu.Integer(), pdu.Integer(), pdu.Integer());
        BerReader list = new(pdu.Element(BerTag.Sequence));
        if (list.Rest.IsEmpty)
        {
            return new SnmpPdu(tag, requestId, status, "", null);
        }

        BerReader variable = new(list.Element(BerTag.Sequence));
        string name = BerReader.ObjectIdentifier(variable.Element(BerTag.ObjectIdentifier));
        ReadOnlySpan<byte> content = variable.Any(out byte type);
        return new SnmpPdu(tag, requestId, status, name, SnmpValue.Read(type, content));
    }
}
