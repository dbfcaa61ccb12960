using System.Text.Json;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>The end of a stream before something was sent to it.</summary>
/// <param name="NewestT">Unix seconds; null when it was empty.</param>
/// <param name="Id">The identity of the batch, from which idempotency keys are made.</param>
internal sealed record StreamMark(long Count, double? NewestT, string Id)
{
    /// <summary>The marks of several streams, by name, as text.</summary>
    public static string Write(IReadOnlyDictionary<string, StreamMark> marks) => JsonSerializer.Serialize(marks);

    public static IReadOnlyDictionary<string, StreamMark> Read(string text) => JsonSerializer.Deserialize<Dictionary<string, StreamMark>>(text)!;
}
