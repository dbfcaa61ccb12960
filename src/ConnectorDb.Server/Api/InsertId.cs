using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Api;

/// <summary>The insert id of a request, with which an append can be repeated and is stored once.</summary>
internal static class InsertId
{
    private const int MaxLength = 100;

    /// <summary>True when the client gives an insert id; a client of ConnectorDB 0.3 does not.</summary>
    public static bool IsGiven(HttpRequest request) => HeaderOf(request) is not null;

    /// <summary>The insert id, or null.</summary>
    /// <exception cref="InvalidValueException">It is empty or too long, or several are given.</exception>
    public static string? Of(HttpRequest request)
    {
        if (HeaderOf(request) is not { } header)
        {
            return null;
        }

        if (header == ProtocolHeaders.InsertId && request.Headers.ContainsKey(ProtocolHeaders.IdempotencyKey))
        {
            throw new InvalidValueException($"The request has the headers {ProtocolHeaders.InsertId} and {ProtocolHeaders.IdempotencyKey}, which are two names of the same. Send one of them.", null);
        }

        if (request.Headers[header].Count > 1)
        {
            throw new InvalidValueException($"The request has the header {header} several times. Send one id for each append.", null);
        }

        string text = request.Headers[header].ToString().Trim();

        // The draft has the value in quotation marks, and most clients leave them out.
        string id = text.Length > 1 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
        return id.Length switch
        {
            0 => throw new InvalidValueException($"The header {header} is empty. Send an id that is new for each append, such as a UUID, or no such header.", null),
            > MaxLength => throw new InvalidValueException($"The header {header} has {id.Length} characters; at most {MaxLength} are allowed.", null),
            _ => id,
        };
    }

    private static string? HeaderOf(HttpRequest request)
        => request.Headers.ContainsKey(ProtocolHeaders.InsertId) ? ProtocolHeaders.InsertId
            : request.Headers.ContainsKey(ProtocolHeaders.IdempotencyKey) ? ProtocolHeaders.IdempotencyKey
            : null;
}
