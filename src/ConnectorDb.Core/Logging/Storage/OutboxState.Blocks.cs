using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Logging.Storage;

internal sealed partial class OutboxState
{
    // The base keeps numbers unique for ever: it remembers the end when all blocks of a channel are deleted.
    /// <summary>The number of the next entry of the channel.</summary>
    public long End(long channel)
        => Math.Max(
            Number("SELECT start + count FROM entries WHERE channel = ?1 ORDER BY start DESC LIMIT 1", channel),
            Number("SELECT base FROM channels WHERE id = ?1", channel));

    /// <summary>The newest time that was written to the channel, in unix seconds; negative infinity without one.</summary>
    private double Newest(long channel)
        => session["SELECT newest FROM entries WHERE channel = ?1 ORDER BY start DESC LIMIT 1"].First(row => new Box<double?>(row.RealOrNull(0)), channel)?.Value
            ?? session["SELECT newest FROM channels WHERE id = ?1"].First(row => new Box<double?>(row.RealOrNull(0)), channel)?.Value
            ?? double.NegativeInfinity;

    /// <summary>Stores the end and the newest time of the channel in its row, before blocks are deleted.</summary>
    private void KeepEnd(long channel)
    {
        double newest = Newest(channel);
        session["UPDATE channels SET base = ?2, newest = ?3 WHERE id = ?1"].Run(channel, End(channel), double.IsFinite(newest) ? newest : (double?)null);
    }

    /// <param name="written">The time of the write in unix seconds, which entries without a time get.</param>
    /// <param name="destination">The only destination of the blocks; null for all.</param>
    /// <param name="restamp">The destination may give late entries the time of its newest datapoint.</param>
    public void Append(long channel, IReadOnlyList<EncodedBlock> blocks, double written, long? destination = null, bool restamp = false)
    {
        long start = End(channel);
        double newest = Newest(channel);
        foreach (EncodedBlock block in blocks)
        {
            newest = block.NeedsTimes ? newest : Math.Max(newest, block.Newest);
            byte[] content = block.NeedsTimes ? BlockCodec.AssignTimes(block.Content, block.Count, block.HasArrivalTimes, written, ref newest) : block.Content;
            session["""
                INSERT INTO entries (channel, start, count, written, destination, restamp, checksum, content, newest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                """]
                .Run(channel, start, block.Count, written, destination, restamp ? 1 : 0, BlockCodec.Checksum(channel, start, block.Count, content), content, newest);
            start += block.Count;
        }
    }

    // PRAGMA quick_check does not compare the keys of a table without row ids.
    /// <summary>True when the blocks are in the order of their keys and each belongs to a channel.</summary>
    public static bool AreKeysInOrder(SqliteSession session)
    {
        HashSet<long> channels = [.. session["SELECT id FROM channels"].All(row => row.Integer(0))];
        (long Channel, long Start) last = (long.MinValue, 0);
        using Row row = session["SELECT channel, start FROM entries ORDER BY channel, start"].Query();
        while (row.Read())
        {
            (long, long) key = (row.Integer(0), row.Integer(1));
            if (key.CompareTo(last) <= 0 || (key.Item1 != last.Channel && !channels.Contains(key.Item1)))
            {
                return false;
            }

            last = key;
        }

        return true;
    }

    /// <summary>The number of entries in the file.</summary>
    public long Cached() => Number("SELECT sum(count) FROM entries");

    /// <summary>Deletes the blocks with entries from <paramref name="from"/> to <paramref name="to"/> that wait for no destination.</summary>
    /// <remarks>What was written while no destination took the channel waits for the first one.</remarks>
    public void Trim(long channel, long from, long to)
    {
        KeepEnd(channel);
        session[$"""
            DELETE FROM entries WHERE channel = ?1
            AND start >= coalesce((SELECT max(start) FROM entries WHERE channel = ?1 AND start <= ?2), 0) AND start < ?3
            AND (destination IS NOT NULL
                OR {IsServed("?1")}
                OR start < (SELECT max(stop) FROM positions WHERE channel = ?1))
            AND NOT EXISTS (
                SELECT 1 FROM destinations AS d LEFT JOIN positions AS p ON p.destination = d.id AND p.channel = ?1
                WHERE entries.start + entries.count > coalesce(p.position, 0)
                AND (entries.destination = d.id OR (entries.destination IS NULL AND (p.stop IS NULL OR entries.start < p.stop))))
            """].Run(channel, from, to);
    }

    /// <summary>Deletes all waiting entries and returns their number.</summary>
    public long Clear()
    {
        long cached = Cached();
        foreach (ChannelRow channel in Channels())
        {
            KeepEnd(channel.Id);
        }

        session["UPDATE positions SET flight = NULL, mark = NULL"].Run();
        session["DELETE FROM entries"].Run();
        return cached;
    }

    /// <summary>Deletes an unreadable block and counts its entries as damaged. Returns false when there is no block with this key.</summary>
    public bool RemoveDamaged(long channel, long start, int count)
    {
        KeepEnd(channel);
        if (session["DELETE FROM entries WHERE channel = ?1 AND start = ?2"].Run(channel, start) == 0)
        {
            return false;
        }

        session["UPDATE logger SET damaged = damaged + ?1"].Run(count);
        return true;
    }
}
