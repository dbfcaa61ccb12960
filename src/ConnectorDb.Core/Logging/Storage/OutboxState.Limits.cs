using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Logging.Storage;

internal sealed partial class OutboxState
{
    /// <summary>About what a row takes besides its content.</summary>
    private const int RowWeight = 48;

    /// <summary>When the oldest item was written, in unix seconds; null when there is none.</summary>
    public double? OldestWritten
        => session["SELECT min(written) FROM entries"].First(row => new Box<double?>(row.RealOrNull(0)))!.Value;

    /// <summary>Drops the oldest entries, as many as make up so many bytes.</summary>
    public void DropBytes(long bytes)
    {
        List<(long Channel, long Start)> oldest = [];
        using (Row row = session["SELECT channel, start, length(content) FROM entries ORDER BY written, start"].Query())
        {
            while (bytes > 0 && row.Read())
            {
                oldest.Add((row.Integer(0), row.Integer(1)));
                bytes -= row.Integer(2) + RowWeight;
            }
        }

        oldest.ForEach(Drop);
    }

    /// <summary>Drops the entries that were written before <paramref name="written"/>, in unix seconds.</summary>
    public void DropOlderThan(double written)
        => session["SELECT channel, start FROM entries WHERE written < ?1"].All(row => (row.Integer(0), row.Integer(1)), written).ForEach(Drop);

    /// <summary>Drops an entry, and counts it for those who had not got it.</summary>
    private void Drop((long Channel, long Start) entry)
    {
        session["UPDATE channels SET base = ?2 WHERE id = ?1"].Run(entry.Channel, End(entry.Channel));
        session["""
            UPDATE destinations SET dropped = dropped + (
                SELECT max(0, start + count - max(start, coalesce(
                    (SELECT position FROM positions WHERE positions.destination = destinations.id AND channel = ?1), 0)))
                FROM entries WHERE channel = ?1 AND start = ?2)
            WHERE id = coalesce((SELECT destination FROM entries WHERE channel = ?1 AND start = ?2), id)
            """].Run(entry.Channel, entry.Start);
        session["UPDATE logger SET dropped = dropped + (SELECT count FROM entries WHERE channel = ?1 AND start = ?2)"].Run(entry.Channel, entry.Start);
        session["DELETE FROM entries WHERE channel = ?1 AND start = ?2"].Run(entry.Channel, entry.Start);
    }
}
