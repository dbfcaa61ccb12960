using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>An entry cannot be read.</summary>
internal sealed class DamagedBlockException(long channel, long start, int count) : Exception
{
    public long Channel => channel;

    public long Start => start;

    public int Count => count;
}

internal sealed partial class OutboxState
{
    /// <summary>
    /// What the destination gets next of the channel; null when there is nothing. A run whose fate is unknown is given
    /// again as it was.
    /// </summary>
    /// <exception cref="DamagedBlockException">An entry cannot be read.</exception>
    public PendingBatch? Next(long destination, ChannelRow channel, int mostItems, long mostBytes)
    {
        (long position, long? flight, string? mark) = PositionOf(destination, channel.Id);
        long limit = flight is { } length ? position + length : long.MaxValue;
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

            bool isMine = row.IsNull(2) || row.Integer(2) == destination;
            bool isFull = flight is null && builder.Count > 0 && (builder.Count + count > mostItems || bytes > mostBytes);
            if (isMine && (isFull || (restamp ?? row.Boolean(3)) != row.Boolean(3)))
            {
                break;
            }

            if (isMine)
            {
                restamp = row.Boolean(3);
                int skip = (int)Math.Max(0, position - start);
                pieces.Add((builder.Count, start + skip));
                bytes += ReadEntry(row, channel.Id, start, count, skip, builder);
            }

            end = Math.Min(start + count, limit);
        }

        if (end == position && flight is null)
        {
            return null;
        }

        // A run that is under way may have lost all its items to damage; then it ends with nothing.
        end = end == position ? limit : end;
        Block points = builder.Build();
        points = flight is not null ? points.Slice(0, (int)Math.Min(points.Count, FlightItems(pieces, limit, points.Count))) : points;
        SinkBatch run = new(channel.Channel, points) { Restamp = restamp ?? false, Checkpoint = mark, IsRetry = flight is not null };
        return new PendingBatch(channel.Id, position, end, run, pieces);
    }

    /// <summary>Where the destination stands in the channel, and the length and mark of the run that is under way.</summary>
    private (long Position, long? Flight, string? Checkpoint) PositionOf(long destination, long channel)
    {
        using Row row = session["SELECT position, flight, mark FROM positions WHERE destination = ?1 AND channel = ?2"].Query(destination, channel);
        return row.Read()
            ? (row.Integer(0), row.IsNull(1) ? null : row.Integer(1), row.TextOrNull(2))
            : (0, null, null);
    }

    /// <summary>How many of the items read lie before the end of the run that is under way, which may lie within an entry.</summary>
    private static long FlightItems(List<(int Place, long Number)> pieces, long limit, int count)
        => pieces.Count == 0 ? count : pieces[^1].Place + (limit - pieces[^1].Number);

    private static long ReadEntry(Row row, long channel, long start, int count, int skip, BlockBuilder into)
    {
        byte[] content = row.Bytes(5);
        if (BlockCodec.Checksum(channel, start, count, content) != row.Integer(4))
        {
            throw new DamagedBlockException(channel, start, count);
        }

        try
        {
            BlockCodec.Read(content, count, skip, into);
            return content.Length;
        }
        catch (Exception error) when (error is InvalidDataException or JsonException)
        {
            throw new DamagedBlockException(channel, start, count);
        }
    }
}
