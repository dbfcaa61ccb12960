using ConnectorDb.PowerShell.Values;

namespace ConnectorDb.PowerShell.Commands.Data;

/// <summary>A datapoint of the pipeline. Its time may have to wait for those after it.</summary>
/// <param name="Item">The object that it was read from.</param>
internal readonly record struct PipelineRow(StreamTarget Stream, PipelinePoint Point, object? Item);
