namespace ConnectorDb.Server.Influx;

/// <summary>The form of a response, as the request asks for it.</summary>
/// <param name="Type">The type of its content.</param>
/// <param name="Epoch">The unit of times; empty for text.</param>
/// <param name="IsPretty">JSON with line breaks.</param>
internal sealed record ResultFormat(string Type, string Epoch, bool IsPretty)
{
    public const string Csv = "text/csv";
    public const string MessagePack = "application/x-msgpack";
    public const string Json = "application/json";

    /// <summary>The type that the request asks for, if it asks for nothing else.</summary>
    public static string TypeFor(HttpRequest request) => request.Headers.Accept.ToString() switch
    {
        "text/csv" or "application/csv" => Csv,
        "application/x-msgpack" => MessagePack,
        _ => Json,
    };
}
