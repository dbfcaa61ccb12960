using System.Text.Json;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>The end of a stream before a batch was sent. Serialized in the outbox, so the names of the properties are a file format.</summary>
/// <param name="Count">The number of datapoints.</param>
/// <param name="NewestT">Unix seconds; null for an empty stream.</param>
/// <param name="Id">The identity of the attempt, a part of its idempotency keys.</param>
internal sealed record StreamCheckpoint(long Count, double? NewestT, string Id)
{
    /// <summary>Serializes the checkpoints of several streams by name.</summary>
    public static string Write(IReadOnlyDictionary<string, StreamCheckpoint> checkpoints) => JsonSerializer.Serialize(checkpoints);

    public static IReadOnlyDictionary<string, StreamCheckpoint> Read(string text) => JsonSerializer.Deserialize<Dictionary<string, StreamCheckpoint>>(text)!;
}
