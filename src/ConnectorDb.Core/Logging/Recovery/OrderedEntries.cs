using ConnectorDb.Core.Files;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Logging.Recovery;

/// <summary>Reads the blocks of a damaged outbox in the order of the file.</summary>
/// <remarks>
/// SQLite compares whole records when it searches a key. A block with an unreadable content, on its path, would hide all others from a
/// search; reading in order compares nothing.
/// </remarks>
/// <param name="newest">The column with the newest time of a block, or <c>NULL</c> in a file without it.</param>
/// <param name="copy">Copies a row: the number, the channel, the count and the other columns. Returns false for a row that is not as it was written.</param>
internal sealed class OrderedEntries(SqliteSession damaged, string newest, Func<object?[], bool> copy)
{
    private const int MaxCount = 1 << 20;
    private const string Key = "SELECT channel, start, count FROM entries LIMIT 1 OFFSET ?1";
    private readonly string _rows = $"SELECT start, channel, count, written, destination, restamp, checksum, content, {newest} FROM entries LIMIT -1 OFFSET ?1";
    private readonly List<(long Channel, long Start, long Count)> _unreadable = [];
    private (long Channel, long Start) _last = (long.MinValue, 0);
    private long _skip;

    /// <summary>The blocks that could not be copied.</summary>
    public IReadOnlyList<(long Channel, long Start, long Count)> Unreadable => _unreadable;

    /// <summary>Copies all readable blocks. Returns false when a page of keys is damaged, so that more blocks may exist.</summary>
    public bool TryCopy()
    {
        while (true)
        {
            try
            {
                return TryCopyFrom();
            }
            catch (SqliteException error) when (OutboxRecovery.IsDamage(error))
            {
                if (!TrySkipContent())
                {
                    return false;
                }
            }
        }
    }

    private bool TryCopyFrom()
    {
        using Row row = damaged[_rows].Query(_skip);
        while (row.Read())
        {
            object?[] values = row.All();
            _skip++;
            if (values is not [long start, long channel, long count and > 0 and <= MaxCount, ..])
            {
                return false;
            }

            if (!copy(values))
            {
                _unreadable.Add((channel, start, count));
            }
            else if ((channel, start).CompareTo(_last) <= 0)
            {
                // Damaged pages can contain a cycle.
                return false;
            }
            else
            {
                _last = (channel, start);
            }
        }

        return true;
    }

    private bool TrySkipContent()
    {
        try
        {
            using Row row = damaged[Key].Query(_skip);
            if (!row.Read() || row.Integer(2) is not (> 0 and <= MaxCount))
            {
                return false;
            }

            _unreadable.Add((row.Integer(0), row.Integer(1), row.Integer(2)));
            _skip++;
            return true;
        }
        catch (SqliteException error) when (OutboxRecovery.IsDamage(error))
        {
            return false;
        }
    }
}
