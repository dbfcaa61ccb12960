using System.Runtime.InteropServices;

namespace ConnectorDb.Core.Files;

/// <summary>The identity of the file at a path, and the times of its last changes. Two equal stamps mean an unchanged file, if the stamp is settled.</summary>
/// <remarks>https://man7.org/linux/man-pages/man2/statx.2.html: one system call, whose structure is the same on all processors.</remarks>
internal readonly partial record struct FileStamp
{
    private const int CurrentFolder = -100;
    private const uint BasicStatistics = 0x7ff;
    private const int Size = 256;
    private const int InodePlace = 32;
    private const int ChangePlace = 96;
    private const int DevicePlace = 136;
    private const long NanosecondsPerTick = 100;

    /// <summary>More than the kernel's clock for files takes to advance, https://man7.org/linux/man-pages/man7/time.7.html (at least 100 times a second).</summary>
    private static readonly TimeSpan s_clockStep = TimeSpan.FromMilliseconds(20);

    /// <summary>More than the step of a file system that keeps whole seconds, such as FAT with two.</summary>
    private static readonly TimeSpan s_wholeSeconds = TimeSpan.FromSeconds(3);

    private static volatile bool s_isMissing = !OperatingSystem.IsLinux();

    private FileStamp(ulong device, ulong inode, DateTime changed) => (Device, Inode, Changed) = (device, inode, changed);

    public ulong Device { get; }

    public ulong Inode { get; }

    /// <summary>The last change of the content, name, rights or times, which no program can set.</summary>
    public DateTime Changed { get; }

    /// <summary>True when each later change gives another stamp.</summary>
    public bool IsSettled => DateTime.UtcNow - Changed > (Changed.Ticks % TimeSpan.TicksPerSecond == 0 ? s_wholeSeconds : s_clockStep);

    /// <summary>The stamp of the file at a path; null when there is none, and where the system has no such call.</summary>
    public static unsafe FileStamp? Of(string path)
    {
        if (s_isMissing)
        {
            return null;
        }

        try
        {
            byte* found = stackalloc byte[Size];
            return Statx(CurrentFolder, path, 0, BasicStatistics, found) == 0
                ? new FileStamp(*(ulong*)(found + DevicePlace), *(ulong*)(found + InodePlace), TimeAt(found + ChangePlace))
                : null;
        }
        catch (TypeLoadException)
        {
            s_isMissing = true;
            return null;
        }
    }

    private static unsafe DateTime TimeAt(byte* place)
        => DateTime.UnixEpoch.AddSeconds(*(long*)place).AddTicks(*(uint*)(place + sizeof(long)) / NanosecondsPerTick);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* found);
}
