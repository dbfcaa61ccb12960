using System.Text.Json;

namespace ConnectorDb.Core.Sinks.ConnectorDb;

/// <summary>How long a stream was, and how new, before something was sent to it.</summary>
/// <param name="NewestT">Unix seconds; null when it was empty.</param>
/// <param name="Id">What is sent goes under this identity, with how much of it is sent.</param>
internal sealed record StreamMark(long Count, double? NewestT, string Id)
{
    /// <summary>The marks of several streams, by name, as text.</summary>
    public static string Write(IReadOnlyDictionary<string, StreamMark> marks) => JsonSerializer.Serialize(marks);

    public static IReadOnlyDictionary<string, StreamMark> Read(string text) => JsonSerializer.Deserialize<Dictionary<string, StreamMark>>(text)!;
}
