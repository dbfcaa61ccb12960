using System.Text.Json.Serialization;
using ConnectorDb.Contracts;

namespace ConnectorDb.Sinks;

/// <summary>A script that is given what waits.</summary>
public sealed record ScriptSinkSettings : SinkSettings
{
    /// <summary>The text of the script.</summary>
    public required string Script { get; init; }

    /// <summary>Runs the script in the place it came from; null when only its text is known.</summary>
    [JsonIgnore]
    public SinkScript? Run { get; init; }

    public override string Location => "a script block";
}

/// <summary>Takes the items of a run; what it throws means that they are kept.</summary>
public delegate ValueTask SinkScript(SinkBatch run, CancellationToken cancellation);
