using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>A block cannot be read.</summary>
internal sealed class DamagedBlockException(long channel, long start, int count) : Exception
{
    public long Channel => channel;

    public long Start => start;

    public int Count => count;
}

internal sealed partial class OutboxState
{
    // A destination has one position in each channel: the number of the first entry that is not decided there. While a batch is in
    // flight its length is stored as well. After a crash or a lost connection the same entries have to come back as the same batch,
    // because the sink compares them with what the destination has stored since the checkpoint.
    /// <summary>The next batch of the channel for the destination, or null. A batch whose outcome is unknown comes back unchanged.</summary>
    /// <exception cref="DamagedBlockException">A block cannot be read.</exception>
    public PendingBatch? Next(long destination, ChannelRow channel, int maxEntries, long maxBytes)
    {
        (long position, long? inFlight, string? checkpoint, long stop) = PositionOf(destination, channel.Id);
        if (stop == 0 && inFlight is null)
        {
            return null;
        }

        long limit = inFlight is { } length ? position + length : long.MaxValue;
        BlockBuilder builder = new();
        List<(int, long)> pieces = [];
        long end = position;
        long bytes = 0;
        bool? restamp = null;
        using Row row = session["""
            SELECT start, count, destination, restamp, checksum, content FROM entries
            WHERE channel = ?1 AND start >= coalesce((SELECT max(start) FROM entries WHERE channel = ?1 AND start <= ?2), 0)
            ORDER BY start
            """].Query(channel.Id, position);
        while (row.Read() && row.Integer(0) is var start && start < limit)
        {
            int count = (int)row.Integer(1);
            if (start + count <= position)
            {
                continue;
            }

            bool isMine = row.IsNull(2) ? start < stop : row.Integer(2) == destination;
            bool isFull = inFlight is null && builder.Count > 0 && (builder.Count + count > maxEntries || bytes > maxBytes);
            if (isMine && (isFull || (restamp ?? row.Boolean(3)) != row.Boolean(3)))
            {
                break;
            }

            if (isMine)
            {
                restamp = row.Boolean(3);
                int skip = (int)Math.Max(0, position - start);
                pieces.Add((builder.Count, start + skip));
                bytes += ReadBlock(row, channel.Id, start, count, skip, builder);
            }

            end = Math.Min(start + count, limit);
        }

        if (end == position && inFlight is null)
        {
            return null;
        }

        // Damage may have removed all entries of the batch in flight. It then completes empty, so that the position advances.
        end = end == position ? limit : end;
        Block points = builder.Build();
        points = inFlight is not null ? points.Slice(0, (int)Math.Min(points.Count, CountInFlight(pieces, limit, points.Count))) : points;
        SinkBatch batch = new(channel.Channel, points) { Restamp = restamp ?? false, Checkpoint = checkpoint, IsRetry = inFlight is not null };
        return new PendingBatch(channel.Id, position, end, batch, pieces);
    }

    /// <summary>The position of the destination in the channel, the length and checkpoint of the batch in flight, and the end of its entries.</summary>
    private (long Position, long? Flight, string? Checkpoint, long Stop) PositionOf(long destination, long channel)
    {
        using Row row = session["SELECT position, flight, mark, stop FROM positions WHERE destination = ?1 AND channel = ?2"].Query(destination, channel);
        return row.Read()
            ? (row.Integer(0), row.IsNull(1) ? null : row.Integer(1), row.TextOrNull(2), row.IsNull(3) ? long.MaxValue : row.Integer(3))
            : (0, null, null, long.MaxValue);
    }

    /// <summary>The number of entries before the end of the batch in flight, which may be inside a block.</summary>
    private static long CountInFlight(List<(int Index, long Number)> pieces, long limit, int count)
        => pieces.Count == 0 ? count : pieces[^1].Index + (limit - pieces[^1].Number);

    private static long ReadBlock(Row row, long channel, long start, int count, int skip, BlockBuilder into)
    {
        byte[] content = row.Bytes(5);
        if (BlockCodec.Checksum(channel, start, count, content) != row.Integer(4))
        {
            throw new DamagedBlockException(channel, start, count);
        }

        try
        {
            BlockCodec.Decode(content, count, skip, into);
            return content.Length;
        }
        catch (Exception error) when (error is InvalidDataException or JsonException)
        {
            throw new DamagedBlockException(channel, start, count);
        }
    }
}
