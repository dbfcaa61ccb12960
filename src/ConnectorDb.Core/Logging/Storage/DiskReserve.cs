using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Logging.Storage;

/// <summary>
/// Disk space for recording sent entries: the file <c>OUTBOX-reserve</c>, which is deleted when the disk is full. Without it, a full disk
/// would send the same entries at each sync, because their progress cannot be recorded.
/// </summary>
internal sealed class DiskReserve(string outbox)
{
    /// <summary>Bytes of the reserve: a multiple of those that recording a batch takes.</summary>
    private const int Size = 256 << 10;

    /// <summary>Bytes that writes of new entries leave free.</summary>
    private const long MinFree = 512 << 10;

    private readonly string _path = $"{outbox}-reserve";
    private readonly DriveInfo? _drive = DriveOf(outbox);

    /// <summary>True when the disk has room for new entries and the recording of their progress.</summary>
    public bool HasRoom
    {
        get
        {
            try
            {
                return _drive is null || _drive.AvailableFreeSpace >= MinFree;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A drive that does not tell its free space, such as some network shares, is written until it fails.
                return true;
            }
        }
    }

    /// <summary>Creates the reserve if it is missing. Returns false when the disk has no room for it.</summary>
    public bool TryKeep()
    {
        try
        {
            if (File.Exists(_path))
            {
                return true;
            }

            // Written bytes, because a file system does not reserve the space of a hole.
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
            using FileStream file = FileRights.OpenPrivate(_path, options);
            file.Write(new byte[Size]);
            file.Flush(flushToDisk: true);
            return true;
        }
        catch (IOException)
        {
            // Another process may be creating it; an incomplete one is deleted.
            return IsComplete() || !TryRelease();
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Deletes the reserve. Returns false when there is none.</summary>
    public bool TryRelease()
    {
        if (!File.Exists(_path))
        {
            return false;
        }

        File.Delete(_path);
        return true;
    }

    private bool IsComplete() => new FileInfo(_path) is { Exists: true, Length: Size };

    private static DriveInfo? DriveOf(string path)
    {
        try
        {
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(path)! : Path.GetDirectoryName(path)!);
        }
        catch (ArgumentException)
        {
            // A network share has no drive.
            return null;
        }
    }
}
