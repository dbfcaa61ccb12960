using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>The next batch of one channel for a destination, and its position in the outbox.</summary>
/// <param name="Channel">The id of the channel.</param>
/// <param name="Start">The position before the batch.</param>
/// <param name="End">The position when the whole batch is decided.</param>
/// <param name="Pieces">Maps indexes of the batch to entry numbers: from <c>Index</c> on, numbers continue from <c>Number</c>.</param>
internal sealed record PendingBatch(long Channel, long Start, long End, SinkBatch Batch, IReadOnlyList<(int Index, long Number)> Pieces)
{
    /// <summary>The position when the first <paramref name="decided"/> entries are decided.</summary>
    public long PositionAfter(int decided)
    {
        if (decided >= Batch.Count)
        {
            return End;
        }

        (int index, long number) = Pieces.Last(piece => piece.Index <= decided);
        return decided == 0 ? Start : number + decided - index;
    }
}
