using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Logging.Storage;

internal sealed partial class OutboxState
{
    /// <summary>The approximate bytes of a row besides its content.</summary>
    private const int RowOverhead = 48;

    /// <summary>The bytes of the blocks and of the dead letters. The first call counts them; from then on the triggers of the file keep the sums.</summary>
    public (long Waiting, long Aside) Bytes
    {
        get
        {
            session[$"""
                UPDATE logger SET waiting_bytes = (SELECT coalesce(sum({BlockBytes("entries")}), 0) FROM entries),
                    aside_bytes = (SELECT coalesce(sum({DeadLetterBytes("aside")}), 0) FROM aside)
                WHERE waiting_bytes IS NULL OR aside_bytes IS NULL
                """].Run();
            return session["SELECT waiting_bytes, aside_bytes FROM logger"].First(row => new Box<(long, long)>((row.Integer(0), row.Integer(1))))!.Value;
        }
    }

    /// <summary>The time of the oldest write in unix seconds; null for an empty outbox.</summary>
    public double? OldestWritten
        => session["SELECT min(written) FROM entries"].First(row => new Box<double?>(row.RealOrNull(0)))!.Value;

    // After the clock was set back, the blocks of the running write look older than those before it.
    /// <summary>Drops the oldest blocks until <paramref name="bytes"/> bytes are free; those of the running write last.</summary>
    /// <param name="written">The time of the running write in unix seconds.</param>
    public void DropBytes(long bytes, double written)
    {
        List<(long Channel, long Start)> oldest = [];
        using (Row row = session[$"SELECT channel, start, {BlockBytes("entries")} FROM entries ORDER BY written = ?1, written, start"].Query(written))
        {
            while (bytes > 0 && row.Read())
            {
                oldest.Add((row.Integer(0), row.Integer(1)));
                bytes -= row.Integer(2);
            }
        }

        oldest.ForEach(Drop);
    }

    /// <summary>Drops the blocks that were written before <paramref name="written"/> (unix seconds).</summary>
    public void DropOlderThan(double written)
        => session["SELECT channel, start FROM entries WHERE written < ?1"].All(row => (row.Integer(0), row.Integer(1)), written).ForEach(Drop);

    /// <summary>The SQL expression for the bytes of a block.</summary>
    internal static string BlockBytes(string row) => $"(length({row}.content) + {RowOverhead})";

    /// <summary>The SQL expression for the bytes of a dead letter.</summary>
    internal static string DeadLetterBytes(string row) => $"(octet_length({row}.value) + octet_length({row}.reason) + {RowOverhead})";

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
