using System.Globalization;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Logging.Storage;
using ConnectorDb.Logging;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Logging.Recovery;

/// <summary>Copies the readable part of a damaged outbox into a new file, which replaces the old one. The caller holds the open lock.</summary>
internal static class OutboxRecovery
{
    private const int HeaderSize = 100;

    // The name is a file format: a version before this one may have left such a draft.
    private static string DraftOf(string path) => $"{path}-rescue";

    /// <summary>The damaged files next to the outbox, oldest first.</summary>
    public static string[] DamagedFiles(string path)
        => [.. Directory.GetFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.damaged-??????????????").Order(StringComparer.Ordinal)];

    // The two renames are not atomic together. A crash between them leaves a draft and no outbox, which the next start finishes here.
    /// <summary>Moves the recovered file into place after the damaged file was moved away.</summary>
    public static void Complete(string path)
    {
        if (File.Exists(path) || !File.Exists(DraftOf(path)) || DamagedFiles(path) is not [.., string kept])
        {
            return;
        }

        if (File.Exists($"{path}-wal"))
        {
            File.Move($"{path}-wal", $"{kept}-wal");
        }

        File.Delete($"{path}-shm");
        File.Move(DraftOf(path), path);
    }

    /// <summary>Checks the structure of all pages, the tables, the settings, and the order of the keys.</summary>
    public static bool IsDamaged(SqliteSession session)
    {
        try
        {
            return session["PRAGMA quick_check(1)"].First(row => row.Text(0)) != "ok"
                || !OutboxFormat.Format.HasAllTables(session)
                || !OutboxState.AreSettingsReadable(session)
                || !OutboxState.AreKeysInOrder(session);
        }
        catch (SqliteException error) when (IsDamage(error))
        {
            return true;
        }
    }

    /// <summary>True for damaged pages, and for a table that is missing or has other columns.</summary>
    public static bool IsDamage(SqliteException error) => error.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_ERROR;

    /// <summary>Returns true when the header of the file is filled with zeros, so that no page can be found.</summary>
    public static bool IsHeaderGone(SqliteException error, string path)
    {
        if (error.SqliteErrorCode != SQLitePCL.raw.SQLITE_NOTADB)
        {
            return false;
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] header = new byte[HeaderSize];
        return file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) == HeaderSize && !header.AsSpan().ContainsAnyExcept((byte)0);
    }

    /// <exception cref="StoreException">Another process has the file open, or its beginning cannot be read. The file is unchanged.</exception>
    public static RecoveryReport Run(string path, DateTimeOffset now)
    {
        try
        {
            RecoveredOutbox recovered = Save(path);
            string kept = NameFor(path, now);
            File.Move(path, kept);
            Complete(path);
            return new RecoveryReport(recovered.Saved, recovered.Lost, recovered.IsIncomplete, kept);
        }
        catch (SqliteException error) when (IsDamage(error))
        {
            throw Unrecoverable(path, error);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED)
        {
            throw InUse(path, error);
        }
    }

    public static StoreException Unrecoverable(string path, Exception? cause = null) => new(
        StoreFault.Damaged,
        $"The beginning of the logger's file '{path}' is damaged, so that nothing can be recovered. The file is unchanged. Move it away and start a new logger; the '.recover' command of the sqlite3 shell may find entries in the old file.",
        path,
        cause);

    public static StoreException DamagedAgain(string path, string kept) => new(
        StoreFault.Damaged,
        $"The logger's file '{path}' was damaged again directly after its recovery. The first damaged file was kept as '{kept}'. The disk seems to be faulty: move the logger to another disk.",
        path);

    /// <summary>The error for damage found while the file is open.</summary>
    public static StoreException InUse(string path, Exception cause) => new(
        StoreFault.Damaged,
        $"The logger's file '{path}' is damaged. Close it in every program that has it open, for example with Stop-CdbLogger, and open it again. Opening recovers the readable entries.",
        path,
        cause);

    private static RecoveredOutbox Save(string path)
    {
        using SqliteSession damaged = SqliteFile.Open(path, SqliteAccess.Damaged);
        string draft = DraftOf(path);
        DeleteDraft(draft);
        try
        {
            RecoveredOutbox recovered = Copy(damaged, draft);
            return SqliteFile.IsWhole(draft) ? recovered : throw new IOException($"'{draft}' could not be written to its end.");
        }
        catch
        {
            DeleteDraft(draft);
            throw;
        }
    }

    private static RecoveredOutbox Copy(SqliteSession damaged, string draft)
    {
        SqliteFile.Make(draft);
        using SqliteSession fresh = SqliteFile.Open(draft, SqliteAccess.Write);
        SqliteSetup.Prepare(fresh, draft, OutboxFormat.Format, TimeSpan.Zero);
        RecoveredOutbox recovered = new(damaged, fresh);
        fresh.Execute("BEGIN IMMEDIATE");
        recovered.Fill();
        fresh.Execute("COMMIT");
        return recovered;
    }

    private static void DeleteDraft(string draft)
    {
        foreach (string suffix in (string[])["", "-wal", "-shm"])
        {
            File.Delete(draft + suffix);
        }
    }

    private static string NameFor(string path, DateTimeOffset now)
    {
        string kept;
        do
        {
            kept = string.Create(CultureInfo.InvariantCulture, $"{path}.damaged-{now.UtcDateTime:yyyyMMddHHmmss}");
            now = now.AddSeconds(1);
        }
        while (File.Exists(kept));
        return kept;
    }
}
