using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Client.Buffering;

/// <summary>A block that is ready to be appended.</summary>
/// <param name="First">The number of its first datapoint among those that were added to the stream, from 1.</param>
internal sealed record BufferedBlock(StreamBuffer Stream, StreamBlock Block, long First)
{
    public BufferedBlock Slice(int start, int count) => this with { Block = Block with { Points = Block.Points.Slice(start, count) }, First = First + start };
}
