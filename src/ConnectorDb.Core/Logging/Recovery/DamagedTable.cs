using ConnectorDb.Core.Files;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Logging.Recovery;

/// <summary>Reads the rows of a damaged table in the order of an integer column and skips the unreadable ones.</summary>
/// <param name="key">The integer column. Its value comes first in each row.</param>
/// <param name="columns">The other columns.</param>
/// <param name="filter">An SQL condition on <c>?2</c>, the owner.</param>
internal sealed class DamagedTable(SqliteSession session, string table, string key, string columns, string filter = "?2 = 0", long owner = 0)
{
    private const long MinLongStep = 64;
    private const long MaxSteps = 1 << 16;
    private readonly string _forward = $"SELECT {key}, {columns} FROM {table} WHERE {filter} AND {key} >= ?1 ORDER BY {key}";
    private readonly string _last = $"SELECT {key}, {columns} FROM {table} WHERE {filter} AND {key} >= ?1 ORDER BY {key} DESC LIMIT 1";

    /// <summary>Returns true for a row that is exactly as it was written.</summary>
    public Func<object?[], bool> IsWhole { private get; init; } = _ => true;

    /// <summary>The largest known key; -1 when unknown.</summary>
    public long Last { private get; set; } = -1;

    /// <summary>The number of rows; null when the table cannot be counted.</summary>
    public long? Count()
    {
        try
        {
            return session[$"SELECT count(*) FROM {table}"].All(row => row.Integer(0))[0];
        }
        catch (SqliteException error) when (IsDamage(error))
        {
            return null;
        }
    }

    /// <summary>All readable rows, with null for each gap of unreadable rows.</summary>
    public IEnumerable<object?[]?> Rows()
    {
        Last = Math.Max(Last, First(_last, 0, out _) is { } last ? (long)last[0]! : -1);
        long next = 0;
        bool isDamaged;
        do
        {
            using (Row? reader = TryQuery(_forward, next))
            {
                while (TryRead(reader, next, out isDamaged) is { } row)
                {
                    next = (long)row[0]! + 1;
                    yield return row;
                }
            }

            // A damaged page can look like the end of the table; the largest known key tells the difference.
            isDamaged |= next <= Last;
            if (isDamaged)
            {
                yield return null;
            }
        }
        while (isDamaged && TrySkip(ref next));
    }

    // The keys are sparse and the gap has an unknown size: doubling steps find a readable key, then a binary search finds the first one.
    /// <summary>Advances to the first key from which rows can be read again.</summary>
    private bool TrySkip(ref long next)
    {
        long bad = next;
        long step = 1;
        long maxStep = Math.Max(MinLongStep, (Last - next) / MaxSteps);
        while (!CanRead(bad + step))
        {
            bad += step;
            if (bad > long.MaxValue / 4)
            {
                return false;
            }

            step = bad < Last ? Math.Min(2 * step, maxStep) : 2 * step;
        }

        long good = bad + step;
        while (good - bad > 1)
        {
            long middle = bad + ((good - bad) / 2);
            (bad, good) = CanRead(middle) ? (bad, middle) : (middle, good);
        }

        next = good;
        return true;
    }

    private bool CanRead(long number) => First(_forward, number, out bool isDamaged) is not null || (!isDamaged && number > Last);

    private object?[]? First(string sql, long number, out bool isDamaged)
    {
        using Row? reader = TryQuery(sql, number);
        return TryRead(reader, number, out isDamaged);
    }

    private Row? TryQuery(string sql, long number)
    {
        try
        {
            return session[sql].Query(number, owner);
        }
        catch (SqliteException error) when (IsDamage(error))
        {
            return null;
        }
    }

    // A damaged index can contain a cycle. Rows out of order count as damaged, so reading always ends.
    /// <summary>The next row; null at the end and for an unreadable row.</summary>
    private object?[]? TryRead(Row? reader, long least, out bool isDamaged)
    {
        isDamaged = reader is null;
        try
        {
            if (reader is null || !reader.Read())
            {
                return null;
            }

            object?[] row = reader.All();
            isDamaged = row[0] is not long number || number < least || !IsWhole(row);
            return isDamaged ? null : row;
        }
        catch (SqliteException error) when (IsDamage(error))
        {
            isDamaged = true;
            return null;
        }
    }

    private static bool IsDamage(SqliteException error) => error.SqliteErrorCode is raw.SQLITE_NOTADB || OutboxRecovery.IsDamage(error);
}
