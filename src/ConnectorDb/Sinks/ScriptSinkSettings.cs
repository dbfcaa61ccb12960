using System.ComponentModel;
using System.Text.Json.Serialization;
using ConnectorDb.Contracts;

namespace ConnectorDb.Sinks;

/// <summary>A script that receives the entries.</summary>
[Description("A PowerShell script that gets an object with Channel and Points.")]
public sealed record ScriptSinkSettings : SinkSettings
{
    /// <summary>The text of the script.</summary>
    [SinkTarget(SinkTargetForm.Script, "ScriptBlock")]
    public required string Script { get; init; }

    /// <summary>Runs the script in its original session; null when only its text is known.</summary>
    [Browsable(false)]
    [JsonIgnore]
    public SinkScript? Run { get; init; }

    public override string Location => "a script block";
}

/// <summary>Processes a batch. An exception keeps the batch.</summary>
public delegate ValueTask SinkScript(SinkBatch batch, CancellationToken cancellation);
