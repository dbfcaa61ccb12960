using ConnectorDb.Core.Files;
using ConnectorDb.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Storage.Backups;

/// <summary>Copies a store while other programs read and write it, and verifies the copy.</summary>
/// <remarks>
/// SQLite copies the pages of one consistent state (https://www.sqlite.org/backup.html); in write-ahead mode this blocks no writer. The copy is
/// a temporary file beside the destination until it is verified.
/// </remarks>
internal static class StoreCopy
{
    private const int PagesAtOnce = 256;

    /// <summary>Writes a verified copy of a store to a new file.</summary>
    /// <param name="source">The file of the store.</param>
    /// <param name="copy">The new file. It is deleted when the copy fails.</param>
    /// <param name="progress">Receives the part that is done, 0 to 1.</param>
    /// <exception cref="StoreException">The source is no store, is damaged, or the copy cannot be written.</exception>
    public static StoreCounts Write(string source, string copy, Action<double> progress, CancellationToken cancellation)
    {
        try
        {
            SqliteFile.Make(copy);
            StoreCounts expected = CopyPages(source, copy, part => progress(part / 2), cancellation);
            StoreCounts found = StoreCheck.Verify(copy, expected, part => progress((1 + part) / 2), cancellation);
            return found == expected
                ? found
                : throw new StoreException(StoreFault.Damaged, $"The store '{source}' is damaged: it has {CountText.Of(found.Datapoints, "datapoint")} in {CountText.Of(found.Streams, "stream")}, but its index says {expected.Datapoints} in {expected.Streams}. Nothing was written.", source);
        }
        catch
        {
            Delete(copy);
            throw;
        }
    }

    /// <summary>Checks that a file is a store of a version that can be read.</summary>
    public static void Check(string source)
    {
        using SqliteSession from = OpenSource(source);
        CheckFormat(from, source);
    }

    public static void Delete(string copy)
    {
        foreach (string end in (string[])["", "-journal", "-wal", "-shm"])
        {
            File.Delete(copy + end);
        }
    }

    private static StoreCounts CopyPages(string source, string copy, Action<double> progress, CancellationToken cancellation)
    {
        using SqliteSession from = OpenSource(source);

        // The transaction keeps the state, so that the copy does not begin again when others write.
        from.Execute("BEGIN");
        CheckFormat(from, source);
        StoreCounts counts = StoreCheck.Count(new SqliteState(from));
        using SqliteConnection to = new(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString());
        to.Open();
        using sqlite3_backup backup = raw.sqlite3_backup_init(to.Handle, "main", from.Connection.Handle, "main");
        int result;
        while ((result = raw.sqlite3_backup_step(backup, PagesAtOnce)) == raw.SQLITE_OK)
        {
            cancellation.ThrowIfCancellationRequested();
            int total = Math.Max(1, raw.sqlite3_backup_pagecount(backup));
            progress(1 - ((double)raw.sqlite3_backup_remaining(backup) / total));
        }

        int finished = raw.sqlite3_backup_finish(backup);
        int error = result == raw.SQLITE_DONE ? finished : result;
        return error == raw.SQLITE_OK ? counts : throw SqliteFaults.Describe(new SqliteException(raw.sqlite3_errmsg(to.Handle).utf8_to_string(), error), copy);
    }

    private static void CheckFormat(SqliteSession from, string source)
    {
        if (!SqliteSchema.Format.IsThere(from, source))
        {
            throw SqliteFaults.NotAStore(source);
        }

        SqliteSchema.ReadId(from, source);
    }

    private static SqliteSession OpenSource(string source)
    {
        try
        {
            return SqliteFile.Open(source, SqliteAccess.Read);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY && SqliteFile.IsWhole(source))
        {
            // A medium that cannot be written.
            return SqliteFile.Open(source, SqliteAccess.ReadUnchanging);
        }
    }
}
