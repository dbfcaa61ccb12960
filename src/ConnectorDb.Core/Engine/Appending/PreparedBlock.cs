using ConnectorDb.Contracts;
using ConnectorDb.Core.Appending;

namespace ConnectorDb.Core.Engine.Appending;

/// <summary>A block of an append before its transaction: where it goes, and which of its datapoints are valid.</summary>
/// <param name="Target">Null when there is an error.</param>
/// <param name="Error">Why nothing of the block can be stored.</param>
internal sealed record PreparedBlock(StreamBlock Block, Target? Target, AppendCheck? Check, CdbException? Error)
{
    /// <summary>Nothing has to be stored: the stream is ephemeral, or there are no datapoints.</summary>
    public bool IsTransient => Target is null || Target.Stream.Ephemeral || Block.Points.Count == 0;

    public AppendResult Failed(CdbException error) => new(0, Block.Stream) { Error = error };
}
