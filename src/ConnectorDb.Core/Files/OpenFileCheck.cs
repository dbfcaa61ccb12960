using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ConnectorDb.Core.Files;

/// <summary>Notices that an open SQLite file was deleted, replaced, or overwritten by another program.</summary>
/// <remarks>
/// SQLite compares the inode itself (https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html, SQLITE_FCNTL_HAS_MOVED). A program such as
/// <c>cp</c> keeps the inode and overwrites the content. Then the time of the file, or its header, changes without a checkpoint, of which the
/// index of the write-ahead log tells (https://www.sqlite.org/walformat.html, 2.1). After a checkpoint of another connection, an older file is known
/// by its change counter, which only increases (https://www.sqlite.org/fileformat.html#file_change_counter). Windows lets no program do either while
/// the file is open. The header is read through SQLite: another handle would release its locks when it is closed.
/// </remarks>
internal sealed partial class OpenFileCheck
{
    private const string Library = "e_sqlite3";
    private const int FilePointer = 7;
    private const int MovedQuestion = 20;
    private const int ReadMethod = 2;
    private const int ShmMapMethod = 13;
    private const int HeaderSize = 100;
    private const int ChangeCounterPlace = 24;
    private const int IndexPage = 32768;
    private const int LogSaltPlace = 16;
    private readonly SqliteSession _session;
    private readonly string _path;
    private readonly FileInfo _named;
    private readonly object _gate = new();
    private FileStamp? _unchanged;
    private bool _isSettled;
    private byte[] _header = new byte[HeaderSize];
    private DateTime _time;
    private Checkpoint _checkpoint;

    /// <summary>Remembers the state of the open file, so that also the first write is checked.</summary>
    public OpenFileCheck(SqliteSession session, string path)
    {
        (_session, _path, _named) = (session, path, new FileInfo(path));
        Settle(session);
    }

    /// <summary>True when writes would go to another file than the one at the path, or mix with the content of another one.</summary>
    /// <param name="isWriter">The caller has the connection for itself, so that it may read through it. While nothing changes the file, this costs one system call on Linux; otherwise three, else two.</param>
    public bool IsReplaced(bool isWriter)
    {
        lock (_gate)
        {
            FileStamp? stamp = FileStamp.Of(_path);
            if (stamp is not null && stamp == _unchanged)
            {
                return false;
            }

            bool isReplaced = HasMoved(_session) || (!OperatingSystem.IsWindows() && IsOverwritten(isWriter));
            _unchanged = !isReplaced && isWriter && _isSettled && stamp is { IsSettled: true } ? stamp : null;
            return isReplaced;
        }
    }

    /// <summary>True when the path names another file or none.</summary>
    public static unsafe bool HasMoved(SqliteSession session)
    {
        int hasMoved = 0;
        return session.Connection.Handle is { } open && FileControl(open, 0, MovedQuestion, &hasMoved) == 0 && hasMoved != 0;
    }

    /// <summary>True when the write-ahead log at the path is that of the open file. A new file at the path can have one of its own, with commits of another program.</summary>
    public bool OwnsLogAtPath()
    {
        Span<byte> salt = stackalloc byte[sizeof(ulong)];
        try
        {
            using FileStream log = new($"{_path}-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            log.Position = LogSaltPlace;
            return log.ReadAtLeast(salt, salt.Length, throwOnEndOfStream: false) == salt.Length && ReadCheckpoint()?.Salt == MemoryMarshal.Read<ulong>(salt);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // There is none, or it cannot be read, nor moved.
            return false;
        }
    }

    /// <summary>Remembers the state of the file after a commit or a checkpoint, where it has changed since.</summary>
    /// <remarks>A commit may begin the log again, which is no copy. Without a change it costs no system call.</remarks>
    /// <param name="session">A connection to the file that no other thread uses.</param>
    public void Settle(SqliteSession session)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        lock (_gate)
        {
            if (!_isSettled || ReadCheckpoint() != _checkpoint)
            {
                Remember(session);
            }
        }
    }

    private void Remember(SqliteSession session)
    {
        Checkpoint? before = ReadCheckpoint();
        DateTime time = LastWriteTime();
        byte[] header = new byte[HeaderSize];
        ReadHeader(session, header);
        if (before is { } checkpoint && before == ReadCheckpoint() && checkpoint.Copied >= checkpoint.Attempted)
        {
            (_checkpoint, _time, _header, _isSettled) = (checkpoint, time, header, true);
        }
    }

    private bool IsOverwritten(bool isWriter)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        _header.CopyTo(header);
        if (isWriter)
        {
            ReadHeader(_session, header);
        }

        if (LastWriteTime() == _time && header.SequenceEqual(_header))
        {
            return false;
        }

        bool wasSettled = _isSettled;
        _isSettled = false;
        return ChangeCounter(header) < ChangeCounter(_header) || (wasSettled && ReadCheckpoint() == _checkpoint);
    }

    private DateTime LastWriteTime()
    {
        _named.Refresh();
        return _named.LastWriteTimeUtc;
    }

    private static uint ChangeCounter(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32BigEndian(header[ChangeCounterPlace..]);

    /// <summary>Reads the header of the file itself, not of the log. A file that is too short reads as zeros.</summary>
    private static unsafe void ReadHeader(SqliteSession session, Span<byte> header)
    {
        if (MethodsOf(session, out nint file) is var methods && methods != null)
        {
            fixed (byte* target = header)
            {
                _ = ((delegate* unmanaged[Cdecl]<nint, void*, int, long, int>)methods[ReadMethod])(file, target, HeaderSize, 0);
            }
        }
    }

    /// <summary>The functions of the open file, https://www.sqlite.org/c3ref/io_methods.html; null when it is not open.</summary>
    private static unsafe nint* MethodsOf(SqliteSession session, out nint file)
    {
        nint found = 0;
        bool isOpen = session.Connection.Handle is { } open && FileControl(open, 0, FilePointer, &found) == 0 && found != 0;
        file = found;
        return isOpen ? *(nint**)found : null;
    }

    /// <summary>The state of the checkpoints of all processes; null without an index.</summary>
    private unsafe Checkpoint? ReadCheckpoint()
    {
        nint* methods = MethodsOf(_session, out nint file);
        if (methods == null || *(int*)methods < 2 || methods[ShmMapMethod] == 0)
        {
            return null;
        }

        byte* index = null;
        int result = ((delegate* unmanaged[Cdecl]<nint, int, int, int, byte**, int>)methods[ShmMapMethod])(file, 0, IndexPage, 0, &index);
        return result != 0 || index is null
            ? null
            : new Checkpoint(Volatile.Read(ref *(ulong*)(index + 32)), Volatile.Read(ref *(uint*)(index + 96)), Volatile.Read(ref *(uint*)(index + 128)));
    }

    /// <param name="database">0 is the main database.</param>
    [LibraryImport(Library, EntryPoint = "sqlite3_file_control")]
    private static unsafe partial int FileControl(SQLitePCL.sqlite3 connection, nint database, int operation, void* argument);

    /// <param name="Salt">Changes when the log begins again.</param>
    /// <param name="Copied">Frames of the log that were copied to the file.</param>
    /// <param name="Attempted">Frames that are being copied.</param>
    private readonly record struct Checkpoint(ulong Salt, uint Copied, uint Attempted);
}
