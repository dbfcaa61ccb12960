namespace ConnectorDb.Core.Protocol;

/// <summary>HTTP headers beyond those of the original protocol. Who does not know them loses nothing but what they say.</summary>
public static class ProtocolHeaders
{
    /// <summary>On every answer: the version of the server. An original server does not send it.</summary>
    public const string Version = "X-ConnectorDb-Version";

    /// <summary>On the answer to an insert: the path that was written, the stream or its downlink.</summary>
    public const string Target = "X-ConnectorDb-Target";

    /// <summary>On an insert: a UUID of the client's making. The same insert sent again under it is answered as before and changes nothing.</summary>
    public const string InsertId = "X-ConnectorDb-Insert-Id";
}
