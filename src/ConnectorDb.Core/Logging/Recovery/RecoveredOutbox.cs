using ConnectorDb.Core.Files;
using ConnectorDb.Core.Logging.Storage;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Logging.Recovery;

/// <summary>Copies the readable rows of a damaged outbox into an empty one, within its open transaction.</summary>
internal sealed class RecoveredOutbox(SqliteSession from, SqliteSession to)
{
    private const string InsertEntry = "INSERT OR IGNORE INTO entries (start, channel, count, written, destination, restamp, checksum, content, newest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

    // Damage can prevent the upgrade of a file, which is then of the older version still.
    private readonly bool _isVersion1 = SqliteFormat.VersionOf(from) == 1;

    /// <summary>The number of recovered entries.</summary>
    public long Saved { get; private set; }

    /// <summary>The approximate number of lost entries, from the gaps in their numbers.</summary>
    public long Lost { get; private set; }

    /// <summary>True when some settings, channels, destinations, positions or dead letters could not be read.</summary>
    public bool IsIncomplete { get; private set; }

    public void Fill()
    {
        to["DELETE FROM sqlite_sequence"].Run();
        Copy(new(from, "sqlite_sequence", "rowid", "name, seq"), "INSERT INTO sqlite_sequence (rowid, name, seq) VALUES (?1, ?2, ?3)");
        Copy(new(from, "logger", "rowid", "id, settings, dropped, damaged", JsonIn("settings")), "UPDATE logger SET id = ?2, settings = ?3, dropped = ?4, damaged = ?5 WHERE ?1 > 0");
        Copy(new(from, "channels", "id", $"name, definition, base, {Since2("newest")}", JsonIn("definition")), "INSERT INTO channels VALUES (?1, ?2, ?3, ?4, ?5)");
        Copy(
            new(from, "destinations", "id", $"name, kind, settings, location, sent, dropped, failures, next_try, last_success, last_error, last_error_time, rate, {Since2("leaving")}", JsonIn("settings")),
            "INSERT INTO destinations VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
        CopyPositions();
        Copy(new(from, "aside", "id", "destination, channel, t, value, reason, time"), "INSERT INTO aside VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        HashSet<long> channels = [.. Ids("channels")];
        OrderedEntries ordered = new(from, Since2("newest"), row => IsWhole(row) && channels.Contains((long)row[1]!) && TryInsert(InsertEntry, row));
        if (ordered.TryCopy())
        {
            Lost = ordered.Unreadable.Sum(block => block.Count);
            Ids("channels").ForEach(channel => RaiseBase(channel, ordered.Unreadable.Where(block => block.Channel == channel).Select(block => block.Start + block.Count).DefaultIfEmpty().Max()));
        }
        else
        {
            Ids("channels").ForEach(CopyEntries);
            long? missing = new DamagedTable(from, "entries", "start", "count").Count() - Number("SELECT count(*) FROM entries");
            Lost = missing == 0 ? Lost : Math.Max(Lost, missing ?? 1);
        }

        Saved = Number("SELECT sum(count) FROM entries");
        to["UPDATE logger SET damaged = damaged + ?1"].Run(Lost);
    }

    /// <summary>A column that files of version 1 do not have.</summary>
    private string Since2(string column) => _isVersion1 ? "NULL" : column;

    private static string JsonIn(string column) => $"?2 = 0 AND json_valid({column})";

    private List<long> Ids(string table) => to[$"SELECT id FROM {table} ORDER BY id"].All(row => row.Integer(0));

    private void Copy(DamagedTable table, string insert) => IsIncomplete |= CopyRows(table, insert) != table.Count();

    private void CopyPositions()
    {
        long copied = 0;
        DamagedTable all = new(from, "positions", "channel", "destination");
        foreach (long destination in Ids("destinations"))
        {
            copied += CopyRows(
                new(from, "positions", "channel", $"destination, position, flight, mark, {Since2("stop")}", "destination = ?2", destination),
                "INSERT INTO positions (channel, destination, position, flight, mark, stop) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        }

        IsIncomplete |= copied != all.Count();
    }

    private long CopyRows(DamagedTable table, string insert) => table.Rows().LongCount(row => row is not null && TryInsert(insert, row));

    /// <summary>Returns false for a row that breaks a constraint of the table and so differs from the rows that were written.</summary>
    private bool TryInsert(string insert, object?[] row)
    {
        try
        {
            to[insert].Run(Array.ConvertAll(row, SqliteValue.Of));
            return true;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            return false;
        }
    }

    private void CopyEntries(long channel)
    {
        (long end, long known) = Span(channel);
        bool isMissing = false;
        DamagedTable table = new(from, "entries", "start", $"channel, count, written, destination, restamp, checksum, content, {Since2("newest")}", "channel = ?2", channel) { IsWhole = IsWhole };
        foreach (object?[]? row in table.Rows())
        {
            if (row is null || !TryInsert(InsertEntry, row))
            {
                isMissing = true;
                continue;
            }

            (long start, long count) = ((long)row[0]!, (long)row[2]!);
            Lost += isMissing ? Math.Max(0, start - end - CountSaved(channel, end, start)) : 0;
            end = start + count;
            isMissing = false;
        }

        Lost += isMissing ? CountLost(channel, end, known) : 0;
        RaiseBase(channel, Math.Max(end, known));
    }

    private long CountSaved(long channel, long from, long to) => Number("SELECT sum(count) FROM entries WHERE channel = ?1 AND start >= ?2 AND start < ?3", channel, from, to);

    private void RaiseBase(long channel, long end) => to["UPDATE channels SET base = max(base, ?2) WHERE id = ?1"].Run(channel, end);

    private long Number(string sql, params ReadOnlySpan<SqliteValue> arguments)
    {
        using Row row = to[sql].Query(arguments);
        return row.Read() && !row.IsNull(0) ? row.Integer(0) : 0;
    }

    /// <summary>The number of entries after the last readable block: of blocks whose content cannot be read, or up to the known end.</summary>
    private long CountLost(long channel, long end, long known)
    {
        DamagedTable keys = new(from, "entries", "start", "count", "channel = ?2", channel) { IsWhole = row => row is [long, long count and > 0 and <= int.MaxValue] };
        long unreadable = keys.Rows().Where(row => row is not null && (long)row[0]! >= end).Sum(row => (long)row![1]!);
        return Math.Max(Math.Max(1, unreadable), known - end);
    }

    /// <summary>The first entry of the channel that a destination still needs, and the end of the entries that are known to have existed.</summary>
    private (long Needed, long Known) Span(long channel)
    {
        using Row row = to["""
            SELECT coalesce(min(CASE WHEN stop <= position THEN NULL ELSE coalesce(position, 0) END), 0), max(base, coalesce(max(position + coalesce(flight, 0)), 0))
            FROM channels LEFT JOIN destinations LEFT JOIN positions ON positions.destination = destinations.id AND positions.channel = channels.id
            WHERE channels.id = ?1
            """].Query(channel);
        row.Read();
        return (row.Integer(0), row.Integer(1));
    }

    private static bool IsWhole(object?[] row)
        => row is [long start, long channel, long count and > 0 and <= int.MaxValue, double, _, long, long checksum, byte[] content, _]
            && BlockCodec.Checksum(channel, start, (int)count, content) == checksum;
}
