using ConnectorDb.Core.Files;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Logging.Recovery;

/// <summary>Reads the rows of a table that may be damaged, in the order of a whole number that they have, and goes on behind what cannot be read.</summary>
/// <param name="key">The column with the number, which becomes the first of each row.</param>
/// <param name="columns">The others.</param>
/// <param name="filter">Which rows: a condition on ?2.</param>
internal sealed class DamagedTable(SqliteSession session, string table, string key, string columns, string filter = "?2 = 0", long owner = 0)
{
    private const long LongLeap = 64;
    private const long MostLeaps = 1 << 16;
    private readonly string _forward = $"SELECT {key}, {columns} FROM {table} WHERE {filter} AND {key} >= ?1 ORDER BY {key}";
    private readonly string _last = $"SELECT {key}, {columns} FROM {table} WHERE {filter} AND {key} >= ?1 ORDER BY {key} DESC LIMIT 1";

    /// <summary>What must hold of a row to be taken for what was written.</summary>
    public Func<object?[], bool> IsWhole { private get; init; } = _ => true;

    /// <summary>A number up to which there are rows for certain.</summary>
    public long Last { private get; set; } = -1;

    /// <summary>How many rows the table has; null when that cannot be known.</summary>
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

    /// <summary>All rows that can be read; null at each place where some cannot.</summary>
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

            // What is not like the rest of the table can look like its end.
            isDamaged |= next <= Last;
            if (isDamaged)
            {
                yield return null;
            }
        }
        while (isDamaged && TrySkip(ref next));
    }

    /// <summary>Moves on to the first number from which rows can be read again: in leaps that grow, and then back in halves.</summary>
    private bool TrySkip(ref long next)
    {
        long bad = next;
        long leap = 1;
        long longest = Math.Max(LongLeap, (Last - next) / MostLeaps);
        while (!CanRead(bad + leap))
        {
            bad += leap;
            if (bad > long.MaxValue / 4)
            {
                return false;
            }

            leap = bad < Last ? Math.Min(2 * leap, longest) : 2 * leap;
        }

        long good = bad + leap;
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

    /// <summary>The next row; null at the end, and when it cannot be read. One out of order cannot, since that might go on for ever.</summary>
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

    private static bool IsDamage(SqliteException error) => error.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;
}
