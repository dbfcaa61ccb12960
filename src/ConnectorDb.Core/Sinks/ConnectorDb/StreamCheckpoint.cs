using System.Text.Json;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>The end of a stream before something was sent to it.</summary>
/// <param name="NewestT">Unix seconds; null when it was empty.</param>
/// <param name="Id">The identity of the batch, from which idempotency keys are made.</param>
internal sealed record StreamCheckpoint(long Count, double? NewestT, string Id)
{
    /// <summary>The checkpoints of several streams, by name, as text.</summary>
    public static string Write(IReadOnlyDictionary<string, StreamCheckpoint> checkpoints) => JsonSerializer.Serialize(checkpoints);

    public static IReadOnlyDictionary<string, StreamCheckpoint> Read(string text) => JsonSerializer.Deserialize<Dictionary<string, StreamCheckpoint>>(text)!;
}
