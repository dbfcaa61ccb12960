namespace ConnectorDb.Testing;

/// <summary>Files that this or another process has open.</summary>
public static class OpenFiles
{
    /// <summary>Asserts that the process has let go of the file.</summary>
    public static void AssertNone(string path)
    {
        Skip.If(OperatingSystem.IsMacOS(), "macOS does not tell which files a process has open.");
        if (OperatingSystem.IsWindows())
        {
            File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return;
        }

        Assert.DoesNotContain(
            Directory.GetFiles("/proc/self/fd").Select(file => new FileInfo(file).LinkTarget),
            target => target?.StartsWith(path, StringComparison.Ordinal) == true);
    }

    /// <summary>The text of a file that another program may be writing, which Windows allows only to readers that share it.</summary>
    public static string ReadText(string path)
    {
        using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }
}
