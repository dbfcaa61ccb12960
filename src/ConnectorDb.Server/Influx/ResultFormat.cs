namespace ConnectorDb.Server.Influx;

/// <summary>The form of a response, as the request asks for it.</summary>
/// <param name="Epoch">The unit of times; empty for text.</param>
/// <param name="IsCsv">CSV, and not JSON.</param>
/// <param name="IsPretty">JSON with line breaks.</param>
internal sealed record ResultFormat(string Epoch, bool IsCsv, bool IsPretty)
{
    public string ContentType => IsCsv ? "text/csv" : "application/json";

    /// <summary>The request asks for CSV, and for nothing else.</summary>
    public static bool AsksForCsv(HttpRequest request) => request.Headers.Accept.ToString() is "text/csv" or "application/csv";
}
