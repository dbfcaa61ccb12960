using ConnectorDb.Core.Files;
using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>
/// The file of a logger. What a piece of work has written is on disk when <see cref="Write"/> returns; work of several
/// threads and processes goes one after the other.
/// </summary>
internal sealed class Outbox : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
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

    /// <summary>Opens the file; makes it when it is not there or empty.</summary>
    /// <exception cref="StoreException">It cannot be opened; the message says why.</exception>
    public static Outbox Open(string path, TimeSpan? patience = null)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            SqliteFile.Make(path);
            SqliteSession first = SqliteFile.Open(path, SqliteAccess.Write);
            try
            {
                if (first.IsReadOnly)
                {
                    throw SqliteFaults.ReadOnly(path);
                }

                SqliteSetup.Prepare(first, path, OutboxFormat.Format, patience ?? s_patience);
                return new Outbox(first, path, patience ?? s_patience);
            }
            catch
            {
                first.Dispose();
                throw;
            }
        }
        catch (SqliteException error)
        {
            throw SqliteFaults.Describe(error, path);
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

    /// <summary>Does the work on one consistent state of the file.</summary>
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
            throw SqliteFaults.Describe(error, Path);
        }
        finally
        {
            _readers.Return(state);
        }
    }

    /// <summary>Does the work in a transaction, which may be shared with others who wait; all or nothing of it.</summary>
    public T Write<T>(Func<OutboxState, T> work, CancellationToken cancellation) => _writes.Run(work, cancellation);

    public void Write(Action<OutboxState> work, CancellationToken cancellation) => _writes.Run(
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
