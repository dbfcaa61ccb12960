using System.Runtime.InteropServices;

namespace ConnectorDb.Core.Files;

/// <summary>Notices that an open SQLite file was deleted, replaced, or overwritten by another program.</summary>
/// <remarks>
/// SQLite compares the inode itself (https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html, SQLITE_FCNTL_HAS_MOVED). A program such as
/// <c>cp</c> keeps the inode and overwrites the content. Then the time of the file changes without a checkpoint, of which the index of the
/// write-ahead log tells (https://www.sqlite.org/walformat.html, 2.1). Windows lets no program do either while the file is open.
/// </remarks>
internal sealed partial class OpenFileCheck
{
    private const string Library = "e_sqlite3";
    private const string Main = "main";
    private const int FilePointer = 7;
    private const int MovedQuestion = 20;
    private const int ShmMapMethod = 13;
    private const int IndexPage = 32768;
    private readonly SqliteSession _session;
    private readonly string _path;
    private readonly object _gate = new();
    private bool _isSettled;
    private DateTime _time;
    private Checkpoint _checkpoint;

    /// <summary>Remembers the state of the open file, so that also the first write is checked.</summary>
    public OpenFileCheck(SqliteSession session, string path)
    {
        (_session, _path) = (session, path);
        Settle();
    }

    /// <summary>True when writes would go to another file than the one at the path, or mix with the content of another one.</summary>
    /// <remarks>It costs two system calls.</remarks>
    public bool IsReplaced()
    {
        lock (_gate)
        {
            return HasMoved() || (!OperatingSystem.IsWindows() && File.GetLastWriteTimeUtc(_path) != _time && IsOverwritten());
        }
    }

    /// <summary>True when the path names another file or none.</summary>
    private unsafe bool HasMoved()
    {
        int hasMoved = 0;
        return _session.Connection.Handle is { } open && FileControl(open, Main, MovedQuestion, &hasMoved) == 0 && hasMoved != 0;
    }

    /// <summary>Remembers the state of the file after a commit or a checkpoint, where it has changed since.</summary>
    /// <remarks>A commit may begin the log again, which is no copy. Without a change it costs no system call.</remarks>
    public void Settle()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        lock (_gate)
        {
            if (!_isSettled || ReadCheckpoint() != _checkpoint)
            {
                Remember();
            }
        }
    }

    private void Remember()
    {
        Checkpoint? before = ReadCheckpoint();
        DateTime time = File.GetLastWriteTimeUtc(_path);
        if (before is { } checkpoint && before == ReadCheckpoint() && checkpoint.Copied >= checkpoint.Attempted)
        {
            (_checkpoint, _time, _isSettled) = (checkpoint, time, true);
        }
    }

    private bool IsOverwritten()
    {
        bool wasSettled = _isSettled;
        _isSettled = false;
        return wasSettled && ReadCheckpoint() == _checkpoint;
    }

    /// <summary>The state of the checkpoints of all processes; null without an index.</summary>
    private unsafe Checkpoint? ReadCheckpoint()
    {
        nint file = 0;
        if (_session.Connection.Handle is not { } open || FileControl(open, Main, FilePointer, &file) != 0 || file == 0)
        {
            return null;
        }

        nint* methods = *(nint**)file;
        if (*(int*)methods < 2 || methods[ShmMapMethod] == 0)
        {
            return null;
        }

        byte* index = null;
        int result = ((delegate* unmanaged[Cdecl]<nint, int, int, int, byte**, int>)methods[ShmMapMethod])(file, 0, IndexPage, 0, &index);
        return result != 0 || index is null
            ? null
            : new Checkpoint(Volatile.Read(ref *(ulong*)(index + 32)), Volatile.Read(ref *(uint*)(index + 96)), Volatile.Read(ref *(uint*)(index + 128)));
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int FileControl(SQLitePCL.sqlite3 connection, string database, int operation, void* argument);

    /// <param name="Salt">Changes when the log begins again.</param>
    /// <param name="Copied">Frames of the log that were copied to the file.</param>
    /// <param name="Attempted">Frames that are being copied.</param>
    private readonly record struct Checkpoint(ulong Salt, uint Copied, uint Attempted);
}
