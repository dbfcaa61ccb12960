using ConnectorDb.Columns;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>A block of entries to be written as one row.</summary>
/// <param name="Content">The encoding of <see cref="BlockCodec"/>.</param>
internal readonly record struct EncodedBlock(int Count, byte[] Content)
{
    private const int MaxEntries = 4096;
    private const long MaxWeight = 1 << 20;

    /// <summary>Splits and encodes datapoints into blocks of at most 4096 entries or about 1 MiB.</summary>
    public static IReadOnlyList<EncodedBlock> Encode(Block points)
    {
        List<EncodedBlock> blocks = [];
        for (int start = 0; start < points.Count;)
        {
            int count = 0;
            long weight = 0;
            while (start + count < points.Count && count < MaxEntries && (count == 0 || weight < MaxWeight))
            {
                weight += ColumnWeight.Of(points.Values, start + count);
                count++;
            }

            blocks.Add(new EncodedBlock(count, BlockCodec.Encode(points.Slice(start, count))));
            start += count;
        }

        return blocks;
    }
}

internal sealed partial class OutboxState
{
    // The base keeps numbers unique for ever: it remembers the end when all blocks of a channel are deleted.
    /// <summary>The number of the next entry of the channel.</summary>
    public long End(long channel)
        => Math.Max(
            Number("SELECT start + count FROM entries WHERE channel = ?1 ORDER BY start DESC LIMIT 1", channel),
            Number("SELECT base FROM channels WHERE id = ?1", channel));

    /// <param name="written">Unix seconds.</param>
    /// <param name="destination">The only destination of the blocks; null for all.</param>
    /// <param name="restamp">The destination may give late entries the time of its newest datapoint.</param>
    public void Append(long channel, IReadOnlyList<EncodedBlock> blocks, double written, long? destination = null, bool restamp = false)
    {
        long start = End(channel);
        foreach (EncodedBlock block in blocks)
        {
            long checksum = BlockCodec.Checksum(channel, start, block.Count, block.Content);
            session["INSERT INTO entries VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"]
                .Run(channel, start, block.Count, written, destination, restamp ? 1 : 0, checksum, block.Content);
            start += block.Count;
        }
    }

    /// <summary>The number of entries in the file.</summary>
    public long Cached() => Number("SELECT sum(count) FROM entries");

    /// <summary>Deletes the blocks of the channel that are decided at all destinations.</summary>
    public void Trim(long channel)
    {
        long decided = Number(
            """
            SELECT min(coalesce(position, 0)) FROM destinations
            LEFT JOIN positions ON positions.destination = destinations.id AND positions.channel = ?1
            """,
            channel);
        if (decided > 0)
        {
            session["UPDATE channels SET base = ?2 WHERE id = ?1"].Run(channel, End(channel));
            session["DELETE FROM entries WHERE channel = ?1 AND start < ?2 AND start + count <= ?2"].Run(channel, decided);
        }
    }

    /// <summary>Deletes all waiting entries and returns their number.</summary>
    public long Clear()
    {
        long cached = Cached();
        foreach (ChannelRow channel in Channels())
        {
            session["UPDATE channels SET base = ?2 WHERE id = ?1"].Run(channel.Id, End(channel.Id));
        }

        session["UPDATE positions SET flight = NULL, mark = NULL"].Run();
        session["DELETE FROM entries"].Run();
        return cached;
    }

    /// <summary>Deletes an unreadable block and counts its entries as damaged.</summary>
    public void RemoveDamaged(long channel, long start, int count)
    {
        session["UPDATE channels SET base = ?2 WHERE id = ?1"].Run(channel, End(channel));
        if (session["DELETE FROM entries WHERE channel = ?1 AND start = ?2"].Run(channel, start) > 0)
        {
            session["UPDATE logger SET damaged = damaged + ?1"].Run(count);
        }
    }
}
