using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Logging.Storage;

internal sealed partial class OutboxState
{
    /// <summary>The approximate bytes of a row besides its content.</summary>
    private const int RowOverhead = 48;

    /// <summary>The time of the oldest write in unix seconds; null for an empty outbox.</summary>
    public double? OldestWritten
        => session["SELECT min(written) FROM entries"].First(row => new Box<double?>(row.RealOrNull(0)))!.Value;

    /// <summary>Drops the oldest blocks until <paramref name="bytes"/> bytes are free.</summary>
    public void DropBytes(long bytes)
    {
        List<(long Channel, long Start)> oldest = [];
        using (Row row = session["SELECT channel, start, length(content) FROM entries ORDER BY written, start"].Query())
        {
            while (bytes > 0 && row.Read())
            {
                oldest.Add((row.Integer(0), row.Integer(1)));
                bytes -= row.Integer(2) + RowOverhead;
            }
        }

        oldest.ForEach(Drop);
    }

    /// <summary>Drops the blocks that were written before <paramref name="written"/> (unix seconds).</summary>
    public void DropOlderThan(double written)
        => session["SELECT channel, start FROM entries WHERE written < ?1"].All(row => (row.Integer(0), row.Integer(1)), written).ForEach(Drop);

    /// <summary>Drops a block and counts its entries as dropped for each destination that had not received them.</summary>
    private void Drop((long Channel, long Start) block)
    {
        KeepEnd(block.Channel);
        session["""
            UPDATE destinations SET dropped = dropped + (
                SELECT max(0, start + count - max(start, coalesce(
                    (SELECT position FROM positions WHERE positions.destination = destinations.id AND channel = ?1), 0)))
                FROM entries WHERE channel = ?1 AND start = ?2)
            WHERE id = coalesce((SELECT destination FROM entries WHERE channel = ?1 AND start = ?2), id)
            """].Run(block.Channel, block.Start);
        session["UPDATE logger SET dropped = dropped + (SELECT count FROM entries WHERE channel = ?1 AND start = ?2)"].Run(block.Channel, block.Start);
        session["DELETE FROM entries WHERE channel = ?1 AND start = ?2"].Run(block.Channel, block.Start);
    }
}
