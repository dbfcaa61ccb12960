using ConnectorDb.Core.Files;
using ConnectorDb.Core.Logging.Recovery;
using ConnectorDb.Logging;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>The file of a logger. Writes are on disk when <see cref="Write"/> returns and are serialized across threads and processes.</summary>
internal sealed class Outbox : IDisposable
{
    private readonly SqliteSession _first;
    private readonly WriteQueue<OutboxState> _writes;
    private readonly ReaderPool<OutboxState> _readers;

    private Outbox(SqliteSession first, string path, TimeSpan patience)
    {
        _first = first;
        Path = path;
        _writes = new WriteQueue<OutboxState>(new OutboxState(first), path, patience);
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
            using LockFile turn = LockFile.Take($"{path}-open", path, patience);
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
        cancellation.ThrowIfCancellationRequested();
        OutboxState state = _readers.Take();
        try
        {
            state.Session["BEGIN"].Run();
            try
            {
                return work(state);
            }
            finally
            {
                state.Session["COMMIT"].Run();
            }
        }
        catch (SqliteException error)
        {
            throw OutboxRecovery.IsDamage(error) ? OutboxRecovery.InUse(Path, error) : SqliteFaults.Describe(error, Path);
        }
        finally
        {
            _readers.Return(state);
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

    public void Dispose()
    {
        _writes.Close();
        _readers.Dispose();
        _first.Dispose();
    }
}
