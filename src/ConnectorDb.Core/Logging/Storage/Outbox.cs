using System.Globalization;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Logging.Recovery;
using ConnectorDb.Logging;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>The file of a logger. Writes are on disk when <see cref="Write"/> returns and are serialized across threads and processes.</summary>
internal sealed class Outbox : IDisposable
{
    private readonly SqliteSession _first;
    private readonly SqliteCommit<OutboxState> _commit;
    private readonly WriteQueue<OutboxState> _writes;
    private readonly ReaderPool<OutboxState> _readers;

    private readonly DiskReserve _reserve;

    private Outbox(SqliteSession first, string path, TimeSpan patience)
    {
        _first = first;
        Path = path;
        _reserve = new DiskReserve(path);
        _reserve.TryKeep();
        _commit = new SqliteCommit<OutboxState>(new OutboxState(first), path, patience);
        _writes = new WriteQueue<OutboxState>(_commit, () => SqliteFaults.Closed(path));
        _readers = new ReaderPool<OutboxState>(() => new OutboxState(SqliteFile.Open(path, SqliteAccess.Read)), path);
    }

    public string Path { get; }

    /// <summary>The result of the recovery at opening; null when the file was intact.</summary>
    public RecoveryReport? Recovery { get; private init; }

    /// <summary>Opens the file. A missing or empty file is created, a damaged file is recovered.</summary>
    /// <exception cref="StoreException">The file cannot be opened.</exception>
    public static Outbox Open(string path, TimeSpan patience, TimeProvider time)
    {
        path = SqliteFile.Locate(path);
        try
        {
            SqliteFile.MakeFolder(path);
            // Recovery replaces the file, so only one process may open it at a time.
            using LockFile turn = LockFile.Take(OutboxFiles.LockOf(path), path, patience);
            OutboxRecovery.Complete(path);
            if (TryOpen(path, patience, null) is { } whole)
            {
                return whole;
            }

            RecoveryReport recovery = OutboxRecovery.Run(path, time.GetUtcNow());
            return TryOpen(path, patience, recovery) ?? throw OutboxRecovery.DamagedAgain(path, recovery.DamagedFile);
        }
        catch (SqliteException error)
        {
            if (error.SqliteErrorCode == SQLitePCL.raw.SQLITE_NOTADB)
            {
                // The file is not a logger, and stays without files beside it.
                File.Delete(OutboxFiles.LockOf(path));
            }

            throw OutboxRecovery.IsHeaderGone(error, path) ? OutboxRecovery.Unrecoverable(path, error) : SqliteFaults.Describe(error, path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw SqliteFaults.ReadOnly(path, error);
        }
        catch (IOException error)
        {
            throw SqliteFaults.Unreachable(path, error);
        }
    }

    /// <summary>Returns null for a damaged file.</summary>
    private static Outbox? TryOpen(string path, TimeSpan patience, RecoveryReport? recovery)
    {
        SqliteFile.Make(path);
        SqliteSession? first = null;
        try
        {
            first = SqliteFile.Open(path, SqliteAccess.Write);
            if (first.IsReadOnly)
            {
                throw SqliteFaults.ReadOnly(path);
            }

            SqliteSetup.Prepare(first, path, OutboxFormat.Format, patience);
            if (!OutboxRecovery.IsDamaged(first))
            {
                return new Outbox(first, path, patience) { Recovery = recovery };
            }

            first.Dispose();
            return null;
        }
        catch (SqliteException error) when (OutboxRecovery.IsDamage(error))
        {
            first?.Dispose();
            return null;
        }
        catch
        {
            first?.Dispose();
            throw;
        }
    }

    /// <summary>Runs a read transaction.</summary>
    public T Read<T>(Func<OutboxState, T> work, CancellationToken cancellation)
    {
        try
        {
            return _readers.Read(work, cancellation);
        }
        catch (SqliteException error)
        {
            throw OutboxRecovery.IsDamage(error) ? OutboxRecovery.InUse(Path, error) : SqliteFaults.Describe(error, Path);
        }
    }

    // The pages of deleted entries are given back to the disk: first to the file, then by moving the write-ahead log into it.
    /// <summary>Returns free pages to the disk. Returns false when the disk has no room for that either.</summary>
    private bool TryShrink()
    {
        try
        {
            Write(state => state.ReleaseFreeSpace(), CancellationToken.None);
        }
        catch (StoreException error) when (error.Fault == StoreFault.DiskFull)
        {
            return false;
        }

        OutboxState reader = _readers.Take();
        try
        {
            reader.Session["PRAGMA wal_checkpoint(TRUNCATE)"].First(row => row.Integer(0).ToString(CultureInfo.InvariantCulture));
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    /// <summary>Runs the work atomically. Writers that wait at the same time share a commit.</summary>
    public T Write<T>(Func<OutboxState, T> work, CancellationToken cancellation)
    {
        try
        {
            return _writes.Run(work, cancellation);
        }
        catch (StoreException error) when (error.Fault == StoreFault.Damaged)
        {
            throw OutboxRecovery.InUse(Path, error);
        }
    }

    public void Write(Action<OutboxState> work, CancellationToken cancellation) => Write(
        state =>
        {
            work(state);
            return true;
        },
        cancellation);

    /// <summary>True when the disk has room for new entries.</summary>
    public bool HasRoom => _reserve.HasRoom || (TryShrink() && _reserve.HasRoom);

    /// <summary>Checks, before entries are sent, that their progress can be recorded.</summary>
    /// <exception cref="StoreException">The disk is full.</exception>
    public void DemandReserve()
    {
        if (!_reserve.TryKeep() && !(TryShrink() && _reserve.TryKeep()))
        {
            throw new StoreException(
                StoreFault.DiskFull,
                $"The disk is full: the logger '{Path}' cannot record what it sends, so nothing is sent. The entries wait. Free some space on the disk.",
                Path);
        }
    }

    /// <summary>Runs the work atomically, with the reserved space when the disk is full.</summary>
    public void Record(Action<OutboxState> work)
    {
        try
        {
            Write(work, CancellationToken.None);
        }
        catch (StoreException error) when (error.Fault == StoreFault.DiskFull && _reserve.TryRelease())
        {
            Write(work, CancellationToken.None);
            TryShrink();
            _reserve.TryKeep();
        }
    }

    public void Dispose()
    {
        _writes.Dispose();
        _readers.Dispose();
        _first.Dispose();
        if (_commit.LeavesLog)
        {
            SqliteFile.SetLogAside(Path);
        }
    }
}
