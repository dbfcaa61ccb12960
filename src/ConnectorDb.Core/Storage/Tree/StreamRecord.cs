namespace ConnectorDb.Core.Storage.Tree;

/// <summary>A stream as it is kept.</summary>
public sealed record StreamRecord
{
    /// <summary>The number that the store gave; 0 before.</summary>
    public long Id { get; init; }

    public long DeviceId { get; init; }

    public required CdbPath Path { get; init; }

    public string Nickname { get; init; } = "";

    public string Description { get; init; } = "";

    public string Icon { get; init; } = "";

    /// <summary>JSON text without blanks.</summary>
    public string Schema { get; init; } = "{}";

    public string Datatype { get; init; } = "";

    public bool Ephemeral { get; init; }

    public bool Downlink { get; init; }

    /// <summary>Which sequence the downlink is now; one more after each time it was cleared.</summary>
    public int DownlinkNumber { get; init; } = 1;

    public SequenceKey KeyOf(bool downlink) => new(Id, downlink ? DownlinkNumber : 0);
}
