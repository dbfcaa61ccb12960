using ConnectorDb.Core.Sinks.Http;

namespace ConnectorDb.Core.Sinks.InfluxDb;

/// <summary>Interprets the error texts of InfluxDB, because its status codes are unspecific.</summary>
internal static class InfluxDbReply
{
    private static readonly string[] s_ofPoints = ["partial write:", "partial write of", "field type conflict", "unable to parse", "points beyond retention policy"];
    private static readonly string[] s_ofEmptyWrite = ["requires points", "no points", "no lines", "empty"];

    /// <summary>Returns true when repeating the request cannot succeed.</summary>
    public static bool IsAboutContent(HttpReply reply) => IsAboutPoints(reply) || IsOfRetentionPolicy(reply);

    /// <summary>Returns true when some of the points in the request cannot be stored. InfluxDB 2.0 says so with the status 500.</summary>
    public static bool IsAboutPoints(HttpReply reply) => !reply.IsSuccess && ContainsAny(reply, s_ofPoints);

    public static bool IsOfRetentionPolicy(HttpReply reply) => ContainsAny(reply, ["retention policy not found"]);

    /// <summary>Returns true when a database is missing, of which only InfluxDB 1 speaks.</summary>
    public static bool IsOfDatabase(HttpReply reply) => ContainsAny(reply, ["database not found"]);

    /// <summary>Returns true for the rejection of a request without points.</summary>
    public static bool IsOfEmptyWrite(HttpReply reply) => reply.Json is { Kind: DataKind.Object } && ContainsAny(reply, s_ofEmptyWrite);

    /// <summary>The error of a query; null for success. InfluxDB reports errors of a statement with the status 200.</summary>
    public static string? FaultOfQuery(HttpReply reply)
        => !reply.IsSuccess || reply.Member("results") is not { } results ? reply.Message
            : results.Contains("\"error\":", StringComparison.Ordinal) ? results
            : null;

    private static bool ContainsAny(HttpReply reply, string[] texts)
        => Array.Exists(texts, text => reply.Body.Contains(text, StringComparison.OrdinalIgnoreCase));
}
