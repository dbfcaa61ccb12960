using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Logging.Storage;

internal sealed partial class OutboxState
{
    /// <summary>The approximate bytes of a row besides its content.</summary>
    public const int RowOverhead = 48;

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
                SELECT CASE WHEN e.destination IS NULL AND e.start >= p.stop THEN 0 ELSE max(0, e.start + e.count - max(e.start, coalesce(p.position, 0))) END
                FROM entries AS e LEFT JOIN positions AS p ON p.destination = destinations.id AND p.channel = ?1
                WHERE e.channel = ?1 AND e.start = ?2)
            WHERE id = coalesce((SELECT destination FROM entries WHERE channel = ?1 AND start = ?2), id)
            """].Run(block.Channel, block.Start);
        session["UPDATE logger SET dropped = dropped + (SELECT count FROM entries WHERE channel = ?1 AND start = ?2)"].Run(block.Channel, block.Start);
        session["DELETE FROM entries WHERE channel = ?1 AND start = ?2"].Run(block.Channel, block.Start);
    }
}
