using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Client.Buffering;

/// <summary>A block that is ready to be appended.</summary>
/// <param name="First">The position of its first datapoint among those of the stream, from 1.</param>
internal sealed record BufferedBlock(StreamBuffer Stream, StreamBlock Block, long First);
