using System.Globalization;
using ConnectorDb.Core.Files;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ConnectorDb.Core.Storage.Sqlite;

/// <summary>
/// A store in a SQLite file. Several may be open on one file, in one process or in many. A file that cannot be written
/// is opened all the same; then only writing fails.
/// </summary>
public sealed class SqliteStore : IStore
{
    private const int MaxAttempts = 5;
    private readonly SqliteSession _first;
    private readonly SqliteCommit<SqliteState>? _commit;
    private readonly WriteQueue<SqliteState>? _writes;
    private readonly ReaderPool<SqliteState> _readers;
    private readonly TimeProvider _time;

    private SqliteStore(SqliteSession first, SqliteAccess access, SqliteStoreOptions options)
    {
        _first = first;
        _time = options.Time;
        Location = options.Path;
        Id = SqliteSchema.ReadId(first, options.Path);
        _commit = access == SqliteAccess.Write ? new SqliteCommit<SqliteState>(new SqliteState(first, new LastWrites(first)), options.Path, options.Patience) : null;
        _writes = _commit is null ? null : new WriteQueue<SqliteState>(_commit, () => SqliteFaults.Closed(options.Path));
        SqliteAccess reading = access == SqliteAccess.Write ? SqliteAccess.Read : access;
        _readers = new ReaderPool<SqliteState>(() => new SqliteState(SqliteFile.Open(options.Path, reading)), options.Path);
    }

    public string Location { get; }

    public Guid Id { get; }

    public bool IsNew { get; private init; }

    /// <summary>Opens the store; makes it when the file is not there or empty.</summary>
    /// <exception cref="StoreException">It cannot be opened; the message says why.</exception>
    public static SqliteStore Open(SqliteStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options with { Path = SqliteFile.Locate(options.Path) };
        try
        {
            // A restore that replaces the file in this moment fails the opening, too, but not again and again.
            for (int attempt = 1; attempt <= MaxAttempts; attempt++)
            {
                SqliteFile.Make(options.Path);
                try
                {
                    return Open(options, SqliteAccess.Write);
                }
                catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY && SqliteFile.IsWhole(options.Path))
                {
                    // The file cannot be written.
                }
            }

            return Open(options, SqliteAccess.ReadUnchanging);
        }
        catch (SqliteException error)
        {
            throw SqliteFaults.Describe(error, options.Path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw SqliteFaults.ReadOnly(options.Path, error);
        }
        catch (IOException error)
        {
            throw SqliteFaults.Unreachable(options.Path, error);
        }
    }

    public T Read<T>(Func<IStoreReader, T> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return _readers.Read(work, cancellation);
        }
        catch (SqliteException error)
        {
            throw SqliteFaults.Describe(error, Location);
        }
    }

    public T Write<T>(Func<IStoreWriter, T> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        return _writes is null ? throw SqliteFaults.ReadOnly(Location) : _writes.Run(work, cancellation);
    }

    public ValueTask<T> WriteAsync<T>(Func<IStoreWriter, T> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        return _writes is null ? throw SqliteFaults.ReadOnly(Location) : _writes.RunAsync(work, cancellation);
    }

    public IDisposable Watch(Action changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        try
        {
            return new ChangeWatch(_readers, changed, _time);
        }
        catch (SqliteException error)
        {
            throw SqliteFaults.Describe(error, Location);
        }
    }

    public void Dispose()
    {
        _writes?.Dispose();
        _readers.Dispose();
        _first.Dispose();
        if (_commit?.LeavesLog == true)
        {
            SqliteFile.SetLogAside(Location);
        }
    }

    private static SqliteStore Open(SqliteStoreOptions options, SqliteAccess access)
    {
        SqliteSession first = SqliteFile.Open(options.Path, access);
        try
        {
            bool isThere = SqliteSchema.Format.IsThere(first, options.Path);
            if (first.IsReadOnly)
            {
                return isThere
                    ? new SqliteStore(first, access == SqliteAccess.Write ? SqliteAccess.Read : access, options)
                    : throw SqliteFaults.ReadOnly(options.Path);
            }

            bool isNew = SqliteSetup.Prepare(first, options.Path, SqliteSchema.Format, options.Patience);

            // With SQLite's 1000 pages, each append to thousands of streams waited until its log was copied to the file. Now the log is 32 MB at most.
            first.Execute("PRAGMA wal_autocheckpoint = 8000");
            if (options.MaxPages is { } most)
            {
                first.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {most}"));
            }

            return new SqliteStore(first, SqliteAccess.Write, options) { IsNew = isNew };
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }
}
