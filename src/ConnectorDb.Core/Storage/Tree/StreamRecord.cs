namespace ConnectorDb.Core.Storage.Tree;

/// <summary>A stored stream.</summary>
public sealed record StreamRecord
{
    /// <summary>The id from the store; 0 for a new stream.</summary>
    public long Id { get; init; }

    public long DeviceId { get; init; }

    public required CdbPath Path { get; init; }

    /// <summary>The fields of the stream; null for the default.</summary>
    public StreamDefinition Fields { get; init; } = new();

    /// <summary>The schema as JSON text without white space.</summary>
    public string Schema => Fields.Schema ?? "{}";

    public bool Ephemeral => Fields.Ephemeral is true;

    public bool Downlink => Fields.Downlink is true;

    public LabelSet Labels => Fields.Labels ?? LabelSet.None;

    /// <summary>The number of the current sequence of the downlink, which increases each time it is cleared.</summary>
    public int DownlinkNumber { get; init; } = 1;

    public SequenceKey KeyOf(bool downlink) => new(Id, downlink ? DownlinkNumber : 0);
}
