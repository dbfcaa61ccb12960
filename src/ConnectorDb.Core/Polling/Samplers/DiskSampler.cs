using System.ComponentModel;
using System.Runtime.InteropServices;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Samples the free and used space of the volume that holds a folder or file, wherever the volume is mounted.</summary>
[Sampler("system.disk", "A volume in bytes: total, free for this user, used; and used in percent.", Argument = "Drive (C:), or any folder or file of the volume; the drive of the system when left out.", IsArgumentOptional = true)]
internal sealed partial class DiskSampler(SamplerContext context) : Sampler(context)
{
    private readonly string _place = context.Argument ?? (OperatingSystem.IsWindows() ? Path.GetPathRoot(Environment.SystemDirectory)! : "/");

    public override ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        try
        {
            (long total, long unused, long free) = Ask(Place());
            long used = total - unused;
            return ValueTask.FromResult(Fields(
                ("total", DataValue.From(total)),
                ("free", DataValue.From(free)),
                ("used", DataValue.From(used)),
                ("percent", DataValue.From(total > 0 ? 100.0 * used / total : 0))));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or Win32Exception)
        {
            throw NoValue($"The volume of '{_place}' cannot be asked: {error.Message}", error);
        }
    }

    private string Place()
    {
        // A drive alone means its current folder.
        bool isDrive = OperatingSystem.IsWindows() && _place.TrimEnd(':') is [var letter] && char.IsAsciiLetter(letter);
        string place = isDrive ? $@"{_place[0]}:\" : Path.GetFullPath(_place);
        return Path.Exists(place) ? place : throw NoValue($"There is no drive, folder or file '{_place}'.");
    }

    /// <summary>The bytes of a volume: all, those that are free, and those of them that this user may fill.</summary>
    private static (long Total, long Unused, long Free) Ask(string place)
    {
        if (!OperatingSystem.IsWindows())
        {
            DriveInfo drive = new(place);
            return (drive.TotalSize, drive.TotalFreeSpace, drive.AvailableFreeSpace);
        }

        // DriveInfo knows drive letters only, and takes a folder that another volume is mounted in for a part of the drive.
        string folder = File.Exists(place) ? Path.GetDirectoryName(place)! : place;
        return GetDiskFreeSpaceEx(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, out long free, out long total, out long unused)
            ? (total, unused, free)
            : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("kernel32.dll", EntryPoint = "GetDiskFreeSpaceExW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetDiskFreeSpaceEx(string folder, out long free, out long total, out long unused);
}
