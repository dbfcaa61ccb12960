namespace ConnectorDb.Logging;

/// <summary>The kind of entries in a channel.</summary>
public enum ChannelKind
{
    /// <summary>The datapoints of a stream.</summary>
    Stream,

    /// <summary>Points with fields and tags: <see cref="LogPoint"/>.</summary>
    Measurement,

    /// <summary>Events with a start and an end: <see cref="LogEvent"/>.</summary>
    Events,
}

/// <summary>A channel of a logger. Each destination receives the entries of a channel in the order of their writes.</summary>
public sealed record LogChannel
{
    public required string Name { get; init; }

    public ChannelKind Kind { get; init; }

    /// <summary>The properties of a stream. Values are validated against its schema when they are written.</summary>
    public StreamDefinition? Definition { get; init; }

    /// <summary>Create the stream at a destination if it is missing.</summary>
    public bool IsToCreate { get; init; }

    /// <summary>The declared fields of a measurement; null allows any.</summary>
    public string[]? Fields { get; init; }

    /// <summary>The declared tags of a measurement; null allows any.</summary>
    public string[]? Tags { get; init; }

    /// <summary>The tags of the datapoints of a stream in InfluxDB.</summary>
    public IReadOnlyDictionary<string, string>? PointTags { get; init; }

    public override string ToString() => Name;
}
