namespace ConnectorDb.Sinks;

/// <summary>A file that is added to; a full one is put aside under a name with its time, and a new one begun.</summary>
public abstract record FileSettings : SinkSettings
{
    public required string Path { get; init; }

    /// <summary>Begin a new file when it has so many bytes.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Begin a new file each day, in local time.</summary>
    public bool Daily { get; init; }

    public override string Location => Path;
}
