using ConnectorDb.Server.Api;

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

    private const string OtherCsv = "application/csv";

    /// <summary>The type that the request prefers, and JSON as soon as it accepts that, as InfluxDB answers.</summary>
    public static string TypeFor(HttpRequest request) => AcceptedTypes.Accepts(request, Json) ? Json : AcceptedTypes.Preferred(request, Json, Csv, OtherCsv, MessagePack) is var type && type == OtherCsv ? Csv : type;
}
