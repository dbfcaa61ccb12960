using Microsoft.Data.Sqlite;

namespace ConnectorDb.Core.Files;

/// <summary>Copies the write-ahead log of a file to the file itself: some seconds after a commit, and at the end of the process.</summary>
/// <remarks>
/// It uses a connection of its own, so that writers go on; the log is emptied only in a moment in which nobody uses it. SQLite itself copies
/// the log when it reaches a size, 1000 pages unless the file sets another, and when the last connection is closed.
/// </remarks>
internal sealed class Checkpointer : IDisposable
{
    /// <summary>The time after a commit within which the file contains it, if no reader prevents it.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly string _path;
    private readonly Func<bool> _isReplaced;
    private readonly Action<SqliteSession> _done;
    private readonly Timer _timer;
    private int _isDue;
    private bool _isClosed;

    /// <param name="isReplaced">True when the path names another file than the open one. Its log must then not be touched.</param>
    /// <param name="done">Called after a copy, with the connection that made it.</param>
    public Checkpointer(string path, Func<bool> isReplaced, Action<SqliteSession> done)
    {
        _path = path;
        _done = done;
        _isReplaced = isReplaced;
        _timer = new Timer(static checkpointer => ((Checkpointer)checkpointer!).Run(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        OpenFiles.Add(this);
    }

    /// <summary>Notes a commit.</summary>
    public void Note()
    {
        if (Interlocked.Exchange(ref _isDue, 1) == 0)
        {
            _timer.Change(Delay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Copies the log now, if there was a commit since the last time.</summary>
    public void Run()
    {
        lock (_gate)
        {
            if (_isClosed || Interlocked.Exchange(ref _isDue, 0) == 0)
            {
                return;
            }

            try
            {
                if (_isReplaced())
                {
                    return;
                }

                if (!TryCopy())
                {
                    Note();
                }
            }
            catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
            {
                // The data is safe in the log. Writers report the fault of the file.
            }
        }
    }

    /// <summary>Waits for a running copy; none follows.</summary>
    public void Dispose()
    {
        OpenFiles.Remove(this);
        _timer.Dispose();
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    /// <returns>False if others use the log, so that it was not emptied.</returns>
    private bool TryCopy()
    {
        using SqliteSession session = SqliteFile.Open(_path, SqliteAccess.Read);
        session.Patience = TimeSpan.Zero;

        // The first does not wait for anybody and makes nobody wait; after it, the second has little to do.
        using (Row copied = session["PRAGMA wal_checkpoint(PASSIVE)"].Query())
        {
            copied.Read();
        }

        bool isEmptied;
        using (Row emptied = session["PRAGMA wal_checkpoint(TRUNCATE)"].Query())
        {
            isEmptied = !emptied.Read() || emptied.Integer(0) == 0;
        }

        _done(session);
        return isEmptied;
    }
}
