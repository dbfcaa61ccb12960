using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Protocol;

/// <summary>HTTP headers beyond those of ConnectorDB 0.3. Clients and servers may ignore them.</summary>
public static class ProtocolHeaders
{
    /// <summary>On every response: the version of the server. ConnectorDB 0.3 does not send it.</summary>
    public const string Version = "X-ConnectorDb-Version";

    /// <summary>On the response to an insert: the path of the stream or downlink that was written.</summary>
    public const string Target = "X-ConnectorDb-Target";

    /// <summary>On a request of our own client: its version. Error messages then name cmdlets, and otherwise requests of the API.</summary>
    public const string Client = "X-ConnectorDb-Client";

    /// <summary>On an append: its insert id. The same append sent again with it changes nothing and gets the first answer.</summary>
    public const string InsertId = "X-ConnectorDb-Insert-Id";

    /// <summary>Another name of <see cref="InsertId"/>, that of the IETF draft <c>draft-ietf-httpapi-idempotency-key-header</c>.</summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>The preferences of the client for an append (RFC 7240).</summary>
    public const string Prefer = "Prefer";

    /// <summary>On the answer: the preferences that were honoured (RFC 7240).</summary>
    public const string PreferenceApplied = "Preference-Applied";

    /// <summary>The preference to store the valid datapoints of an append when others are invalid (RFC 7240, 4.4).</summary>
    public const string Lenient = "handling=lenient";

    /// <summary>The preference to store the datapoints before the first invalid one.</summary>
    public const string StopAtInvalid = "stop-at-invalid";

    /// <summary>The preference to accept numbers and times that only older versions stored, from an export.</summary>
    public const string AsExported = "as-exported";

    /// <summary>The preferences of an append.</summary>
    public static IEnumerable<string> PreferencesOf(AppendOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new[] { PreferenceOf(options.OnInvalid), options.AsExported ? AsExported : null }.OfType<string>();
    }

    /// <summary>The preference of an append with invalid datapoints; null for the default.</summary>
    public static string? PreferenceOf(OnInvalid onInvalid) => onInvalid switch
    {
        OnInvalid.RejectInvalid => Lenient,
        OnInvalid.StopAtInvalid => StopAtInvalid,
        _ => null,
    };
}
