using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>Readies the writing connection of a file that may be empty, while others may be doing the same.</summary>
internal static class SqliteSetup
{
    private const int Pause = 5;

    /// <exception cref="StoreException">The file is no store, of a newer version, or locked for too long.</exception>
    public static void Prepare(SqliteSession writer, SqliteStoreOptions options)
    {
        long started = Environment.TickCount64;
        while (!TryPrepare(writer, options.Path))
        {
            if (Environment.TickCount64 - started > options.Patience.TotalMilliseconds)
            {
                throw SqliteFaults.Locked(options.Path);
            }

            Thread.Sleep(Pause);
        }

        if (options.MaxPages is { } most)
        {
            writer.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {most}"));
        }
    }

    private static bool TryPrepare(SqliteSession writer, string path)
    {
        try
        {
            if (SqliteSchema.IsThere(writer, path))
            {
                return true;
            }

            writer.Execute("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL");
            if (!writer.TryBeginWrite())
            {
                return false;
            }

            if (!SqliteSchema.IsThere(writer, path))
            {
                SqliteSchema.Make(writer);
            }

            writer["COMMIT"].Run();
            return true;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return false;
        }
    }
}
