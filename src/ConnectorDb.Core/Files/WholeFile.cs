namespace ConnectorDb.Core.Files;

/// <summary>
/// A small file that is only ever replaced as a whole: readers find the old content or the new one, and so does the machine after a
/// crash. Writers take turns by other means.
/// </summary>
internal static class WholeFile
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    public static byte[] Read(string path) => Retry(() =>
    {
        // Windows replaces no file that a reader has opened without these.
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream content = new();
        file.CopyTo(content);
        return content.ToArray();
    });

    /// <summary>Replaces the content, or makes the file. The rights stay as they are.</summary>
    public static void Write(string path, byte[] content)
    {
        string aside = $"{path}.new";
        try
        {
            // A writer that was killed has left it.
            File.Delete(aside);
            using (FileStream stream = File.Exists(path) ? FileRights.CreateLike(path, aside) : new FileStream(aside, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            // File.Replace leaves a moment on Windows in which there is no file.
            Retry(() =>
            {
                File.Move(aside, path, overwrite: true);
                return true;
            });
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>On Windows, a file that somebody is opening or replacing is refused for that moment.</summary>
    private static T Retry<T>(Func<T> action)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return action();
            }
            catch (Exception error) when (IsForMoment(error) && TimeProvider.System.GetElapsedTime(began) < s_patience)
            {
                Thread.Sleep(s_pause);
            }
        }
    }

    private static bool IsForMoment(Exception error)
        => OperatingSystem.IsWindows() && (error is UnauthorizedAccessException || (error is IOException && error.HResult == SharingViolation));
}
