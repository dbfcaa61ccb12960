namespace ConnectorDb;

/// <summary>The fields of a stream to create or change; null keeps the default or current value.</summary>
public sealed record StreamDefinition
{
    public string? Nickname { get; init; }

    public string? Description { get; init; }

    public string? Icon { get; init; }

    /// <summary>A JSON Schema as JSON text.</summary>
    public string? Schema { get; init; }

    public string? Datatype { get; init; }

    public bool? Ephemeral { get; init; }

    public bool? Downlink { get; init; }

    public LabelSet? Labels { get; init; }
}
