using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>What a destination gets next of one channel, and where that lies in the file.</summary>
/// <param name="Channel">The number of the channel.</param>
/// <param name="Start">The position before the run.</param>
/// <param name="End">The position when all of it is decided.</param>
/// <param name="Pieces">Where the items of the run lie: from this place of the run on, items with numbers from this one on.</param>
internal sealed record PendingBatch(long Channel, long Start, long End, SinkBatch Batch, IReadOnlyList<(int Place, long Number)> Pieces)
{
    /// <summary>The position when the first so many items of the run are decided.</summary>
    public long PositionAfter(int decided)
    {
        if (decided >= Batch.Count)
        {
            return End;
        }

        (int place, long number) = Pieces.Last(piece => piece.Place <= decided);
        return decided == 0 ? Start : number + decided - place;
    }
}
