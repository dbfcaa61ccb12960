namespace ConnectorDb;

/// <summary>What to make, or to change, of a stream; null leaves the default, or what is there.</summary>
public sealed class StreamDefinition
{
    public string? Nickname { get; init; }

    public string? Description { get; init; }

    public string? Icon { get; init; }

    /// <summary>A JSON Schema as JSON text.</summary>
    public string? Schema { get; init; }

    public string? Datatype { get; init; }

    public bool? Ephemeral { get; init; }

    public bool? Downlink { get; init; }
}
