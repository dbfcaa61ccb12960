using ConnectorDb.Core.Client.Buffering;
using ConnectorDb.PowerShell.Values;
using ConnectorDb.Timestamps;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>An open stream.</summary>
internal sealed class StreamTarget(StreamBuffer buffer, TimestampRows<PipelineRow> rows)
{
    public StreamBuffer Buffer { get; } = buffer;

    /// <summary>The rows that wait for the next rows of this stream: the order of those of other streams says nothing of its clock.</summary>
    public TimestampRows<PipelineRow> Rows { get; } = rows;

    /// <summary>Converts texts by the schema of the stream; null until the first text.</summary>
    public TextNumbers? Texts { get; set; }
}
