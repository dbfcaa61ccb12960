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

    /// <summary>Opens the script with the variables of its original session; null when only its text is known.</summary>
    [Browsable(false)]
    [JsonIgnore]
    public Func<ISinkScript>? Open { get; init; }

    public override string Location => "a script block";
}

/// <summary>An open script of a sink.</summary>
public interface ISinkScript : IDisposable
{
    /// <summary>Processes a batch. An exception keeps the batch.</summary>
    ValueTask RunAsync(SinkBatch batch, CancellationToken cancellation);
}
