namespace ConnectorDb.Core.Files;

/// <summary>A small file that is replaced atomically.</summary>
/// <remarks>Readers find the old or the new content, also after a crash. The caller serializes writers and, on Windows, keeps new readers away while a file is replaced.</remarks>
internal static class WholeFile
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);

    public static byte[] Read(string path) => Retry(() =>
    {
        // So that others can rename or delete the file meanwhile.
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream content = new();
        file.CopyTo(content);
        return content.ToArray();
    });

    /// <summary>Replaces the content, or creates the file. The access rights stay the same.</summary>
    public static void Write(string path, byte[] content)
    {
        string aside = $"{path}.new";
        try
        {
            // Left over from a killed writer.
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

    /// <summary>Retries, because Windows replaces no file that is open: for the last readers, and for programs such as a virus scanner.</summary>
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
