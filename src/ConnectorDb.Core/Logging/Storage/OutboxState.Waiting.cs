using ConnectorDb.Columns;
using ConnectorDb.Core.Files;
using ConnectorDb.Logging;

namespace ConnectorDb.Core.Logging.Storage;

internal sealed partial class OutboxState
{
    /// <summary>The waiting entries of the next block; null at the end. A damaged block has none: the next sync reports it.</summary>
    /// <param name="after">The channel and first number of the block before; becomes that of the block.</param>
    public IReadOnlyList<WaitingEntry>? NextWaiting(ref (long Channel, long Start) after)
    {
        using Row row = session["""
            SELECT channel, start, count, destination, checksum, content, written FROM entries WHERE (channel, start) > (?1, ?2) ORDER BY channel, start LIMIT 1
            """].Query(after.Channel, after.Start);
        if (!row.Read())
        {
            return null;
        }

        (long channel, long start, int count) = (row.Integer(0), row.Integer(1), (int)row.Integer(2));
        after = (channel, start);
        BlockBuilder builder = new(count);
        try
        {
            ReadBlock(row, channel, start, count, 0, builder);
        }
        catch (DamagedBlockException)
        {
            return [];
        }

        return Waiting(builder.Build(), channel, start, row.IsNull(3) ? null : row.Integer(3), UnixTime.ToDateTimeOffset(row.Real(6)));
    }

    private List<WaitingEntry> Waiting(Block points, long channel, long start, long? only, DateTimeOffset written)
    {
        string name = Channels().First(row => row.Id == channel).Channel.Name;
        (string Name, long Position)[] destinations = [.. Destinations()
            .Where(row => only is null || only == row.Id)
            .Select(row => (row.Name, At: PositionOf(row.Id, channel)))
            .Where(each => only is not null || start < each.At.Stop)
            .Select(each => (each.Name, each.At.Position))];
        List<WaitingEntry> entries = [];
        for (int i = 0; i < points.Count; i++)
        {
            string[] waiting = [.. destinations.Where(each => start + i >= each.Position).Select(each => each.Name)];
            if (waiting.Length > 0 || destinations.Length == 0)
            {
                entries.Add(new WaitingEntry(name, points.At(i), written, waiting));
            }
        }

        return entries;
    }
}
