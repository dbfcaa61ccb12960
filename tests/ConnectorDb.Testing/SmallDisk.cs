using System.Globalization;

namespace ConnectorDb.Testing;

/// <summary>A file system of a few megabytes in memory, if the user of the tests may mount one.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    public static SmallDisk Mount(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        string size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");
        Skip.IfNot(OperatingSystem.IsLinux() && Tool.Run("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder), "A small file system to fill can be mounted by root on Linux only.");
        return new SmallDisk(folder);
    }

    /// <summary>Writes a file until no room is left.</summary>
    public static void Fill(string path)
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }

    public void Dispose() => Tool.Run("umount", _folder);
}
