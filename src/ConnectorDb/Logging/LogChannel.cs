namespace ConnectorDb.Logging;

/// <summary>What a channel carries.</summary>
public enum ChannelKind
{
    /// <summary>The datapoints of a stream.</summary>
    Stream,

    /// <summary>Points with fields and tags: <see cref="LogPoint"/>.</summary>
    Measurement,

    /// <summary>Things that began and ended: <see cref="LogEvent"/>.</summary>
    Events,
}

/// <summary>One of the things a logger records. What is written to a channel reaches each destination in the order it was written.</summary>
public sealed record LogChannel
{
    public required string Name { get; init; }

    public ChannelKind Kind { get; init; }

    /// <summary>Of a stream: its schema, against which values are checked when they are written, and how to make it.</summary>
    public StreamDefinition? Definition { get; init; }

    /// <summary>Make the stream where it is not there.</summary>
    public bool IsToCreate { get; init; }

    /// <summary>The declared fields of a measurement; null when any will do.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>The declared tags of a measurement; null when any will do.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Of a stream: tags that its datapoints get where there are such, in InfluxDB.</summary>
    public IReadOnlyDictionary<string, string>? PointTags { get; init; }
}
