using ConnectorDb.Columns;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>Items on their way into the file.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="Content">As <see cref="BlockCodec"/> writes them.</param>
internal readonly record struct EncodedBlock(int Count, byte[] Content)
{
    private const int MostItems = 4096;
    private const long MostWeight = 1 << 20;

    /// <summary>The block in entries that are not too big to be handled as one.</summary>
    public static IReadOnlyList<EncodedBlock> Cut(Block points)
    {
        List<EncodedBlock> entries = [];
        for (int start = 0; start < points.Count;)
        {
            int count = 0;
            long weight = 0;
            while (start + count < points.Count && count < MostItems && (count == 0 || weight < MostWeight))
            {
                weight += ColumnWeight.Of(points.Values, start + count);
                count++;
            }

            entries.Add(new EncodedBlock(count, BlockCodec.Write(points.Slice(start, count))));
            start += count;
        }

        return entries;
    }
}

internal sealed partial class OutboxState
{
    /// <summary>The number that the next item of the channel gets.</summary>
    public long End(long channel)
        => Math.Max(
            Number("SELECT start + count FROM entries WHERE channel = ?1 ORDER BY start DESC LIMIT 1", channel),
            Number("SELECT base FROM channels WHERE id = ?1", channel));

    /// <param name="written">Unix seconds.</param>
    /// <param name="destination">The only one that they are for; null for all.</param>
    /// <param name="restamp">They may be given a later time by it.</param>
    public void Append(long channel, IReadOnlyList<EncodedBlock> entries, double written, long? destination = null, bool restamp = false)
    {
        long start = End(channel);
        foreach (EncodedBlock entry in entries)
        {
            long checksum = BlockCodec.Checksum(channel, start, entry.Count, entry.Content);
            session["INSERT INTO entries VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"]
                .Run(channel, start, entry.Count, written, destination, restamp ? 1 : 0, checksum, entry.Content);
            start += entry.Count;
        }
    }

    /// <summary>How many items lie in the file.</summary>
    public long Cached() => Number("SELECT sum(count) FROM entries");

    /// <summary>Removes the entries of the channel that every destination has passed.</summary>
    public void Trim(long channel)
    {
        long passed = Number(
            """
            SELECT min(coalesce(position, 0)) FROM destinations
            LEFT JOIN positions ON positions.destination = destinations.id AND positions.channel = ?1
            """,
            channel);
        if (passed > 0)
        {
            session["UPDATE channels SET base = ?2 WHERE id = ?1"].Run(channel, End(channel));
            session["DELETE FROM entries WHERE channel = ?1 AND start < ?2 AND start + count <= ?2"].Run(channel, passed);
        }
    }

    /// <summary>Removes everything that waits; the answer is how many items that were.</summary>
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

    /// <summary>Takes out an entry that cannot be read, and counts what is lost with it.</summary>
    public void RemoveDamaged(long channel, long start, int count)
    {
        session["UPDATE channels SET base = ?2 WHERE id = ?1"].Run(channel, End(channel));
        if (session["DELETE FROM entries WHERE channel = ?1 AND start = ?2"].Run(channel, start) > 0)
        {
            session["UPDATE logger SET damaged = damaged + ?1"].Run(count);
        }
    }
}
