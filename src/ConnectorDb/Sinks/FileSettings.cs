using System.ComponentModel;

namespace ConnectorDb.Sinks;

/// <summary>An append-only file. A full file is renamed with a timestamp.</summary>
public abstract record FileSettings : SinkSettings
{
    [SinkTarget(SinkTargetForm.File)]
    public required string Path { get; init; }

    [SinkParameter(Min = 1)]
    [Description("Begin a new file when the current one has this many bytes.")]
    public long? MaxBytes { get; init; }

    [Description("Begin a new file each day, in local time.")]
    public bool Daily { get; init; }

    public override string Location => Path;
}
